"""The person (Profil): identity, contacts, verification, life cycle."""
