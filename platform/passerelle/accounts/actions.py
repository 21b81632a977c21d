"""Write communes and people."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune
from passerelle.vocabulary.communes import communes


def load_communes(session: Session) -> int:
    """Make the table of communes say what the vocabulary does; answers how many rows were added or changed."""
    known = {commune.nis: commune for commune in session.scalars(select(Commune))}
    changed = 0
    for record in communes():
        row = known.get(record.nis) or Commune(nis=record.nis)
        values = {
            "name_fr": record.name_fr,
            "name_nl": record.name_nl,
            "name_de": record.name_de,
            "province": record.area,  # one of the ten provinces, or Brussels
            "region": record.region,
            "languages": ",".join(record.languages),
        }
        if row.nis not in known or any(getattr(row, key) != value for key, value in values.items()):
            for key, value in values.items():
                setattr(row, key, value)
            session.add(row)
            changed += 1
    session.flush()
    return changed
