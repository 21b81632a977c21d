"""The pages on which coordinators edit the thesaurus."""
