"""Communes, people, their memberships, invitations and sign-ins."""
