"""The clients of all numbers and bots of a process, over one pool of connections."""

from pista.chat import http
from pista.chat.telegram.client import Telegram
from pista.chat.whatsapp.client import WhatsApp
from pista.settings import Settings


class Platforms:
    """Where WhatsApp and Telegram are. Close it at the end."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.http = http.open_http()

    def whatsapp(self, token: str, number: str) -> WhatsApp:
        return WhatsApp(self.http, self._settings.meta_graph_url, token=token, number=number)

    def telegram(self, token: str) -> Telegram:
        return Telegram(self.http, self._settings.telegram_api_url, token=token)

    async def close(self) -> None:
        await self.http.aclose()
