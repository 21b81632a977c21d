"""Mails: composed when they are sent, in the language of whoever receives them."""
