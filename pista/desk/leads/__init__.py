"""Leads from forms, chats and CRMs: by the company's rules a cliente is made, or reopened."""

from pista.desk.leads.hearing import hear, hear_again

__all__ = ["hear", "hear_again"]
