"""The words too common to look for, our own lists; they are taken out before stemming."""

from passerelle.search.analysis.folding import fold, transcribed

_FR = """
a à afin ai aient ainsi alors après as au aucun aucune aujourd'hui auprès auquel aura aurait aussi autre
autres aux avaient avait avant avec avez avoir avons ayant bien c car ce ceci cela celle celles celui ces
cet cette ceux chaque chez ci comme comment d dans de depuis des dès donc dont du durant elle elles en
encore entre es est et étaient était étant être eu eux fait faire furent fut grâce hors il ils j je jusque
l la là laquelle le lequel les lesquelles lesquels leur leurs lors lorsque lui m ma mais me même mêmes mes
moi moins mon n ne ni nos notre nous on ont ou où par parce parmi pas pendant peu peut peuvent plus
plusieurs pour pourquoi pu puis qu quand que quel quelle quelles quels qui quoi s sa sans se selon sera
serait seront ses si sinon soi soient soit son sont sous suis sur t ta tandis te tel telle telles tels tes
toi ton tous tout toute toutes très tu un une vers via voici voilà vos votre vous y
"""
_NL = """
aan aangezien achter af al alle alleen als ander andere anders ben bij binnen boven buiten daar daarbij
daarom dan dat de deze die dit doch doen door dus echter een één eens elk elke en enkele er ervan etc even
geen ge had hadden haar heb hebben hebt heeft hem het hier hij hoe hun ieder iedere iemand iets ik in
indien is ja je jij jou jouw jullie kan kon konden kunnen maar me meer men met mij mijn moet moeten na
naar nadat niet niets nog nu of om omdat onder ons onze ook op over reeds s samen sinds slechts sommige
steeds t te tegen ten ter terwijl tijdens toch toen tot tussen u uit uw van vanaf via voor vooral waar
waarbij waarin waarom waren was wat we wel welke werd werden wie wij wilde word worden wordt zal ze zelf
zich zij zijn zo zoals zodat zonder zou zouden zowel zulke
"""
_DE = """
ab aber alle allem allen aller alles als also am an ander andere anderen anderer anderes auch auf aus bei
beim bereits bin bis bist bzw da dabei dadurch daher damit dann das dass daß davon dazu dein deine dem den
denen denn der deren des dessen deshalb die dies diese diesem diesen dieser dieses doch dort du durch
ebenso ein eine einem einen einer eines er es etwa etwas euch euer für gegen gegenüber hat hatte hatten
habe haben hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins ist ja jede
jedem jeden jeder jedes jedoch kann können könnte kein keine keinem keinen keiner man mehr mein meine mit
nach nachdem nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seines seit sich
sie sind so sobald sodass solche soll sollte somit sondern sowie sowohl über um und uns unser unsere
unserem unseren unserer unter viel vom von vor während wann war waren warum was weil weiter welche welchem
welchen welcher welches wenn wer werde werden wie wieder wir wird wo wobei wurde wurden würde zu zum zur
zwischen
"""
_EN = """
a about above after again all also am an and any are as at be because been before being below between both
but by can cannot could did do does doing down during each etc few for from further had has have having he
her here hers him his how i if in into is it its itself just may me might more most must my no nor not now
of off on once only or other our ours out over own per s same shall she should so some such t than that
the their theirs them then there these they this those through to too under until up upon us very via was
we were what when where whether which while who whom whose why will with within without would you your
yours
"""


# What an elision or a genitive leaves behind says nothing in any language.
_LETTERS = "c d j l m n s t"


def _folded(words: str) -> frozenset[str]:
    every = f"{words} {_LETTERS}".split()
    return frozenset(form for word in every for form in (fold(word), fold(transcribed(word))))


STOPS = {language: _folded(words) for language, words in (("fr", _FR), ("nl", _NL), ("de", _DE), ("en", _EN))}
"""For each language the stop words, folded: they are met with and without their accents."""
