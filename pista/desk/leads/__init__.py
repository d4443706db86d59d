"""Leads from forms, chats and CRMs: by the company's rules a cliente is made, or reopened."""

from pista.desk.leads.hearing import hear

__all__ = ["hear"]
