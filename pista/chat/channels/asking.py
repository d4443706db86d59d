"""What platforms are asked while a number or bot is set up. No transaction is open meanwhile."""

from pista.chat.channels.model import ChannelRefused, PlatformAway
from pista.chat.channels.service import Found
from pista.chat.outgoing import Done, Refused
from pista.chat.platforms import Platforms


async def number(platforms: Platforms, token: str, number: str) -> Found:
    """The number that this token opens, as Meta names it."""
    about = await platforms.whatsapp(token, number).about()
    if isinstance(about, Refused):
        raise refusal("WhatsApp", about)
    display = about.display_phone_number or number
    return Found("whatsapp", number, about.verified_name or display, display)


async def bot(platforms: Platforms, token: str) -> Found:
    """The bot whose token this is."""
    about = await platforms.telegram(token).about()
    if isinstance(about, Refused):
        raise refusal("Telegram", about)
    display = f"@{about.username}" if about.username else about.first_name
    return Found("telegram", str(about.id), about.first_name or display, display)


async def set_webhook(platforms: Platforms, token: str, url: str, secret: str) -> Refused | None:
    """Have a bot's updates sent here; None if Telegram agreed."""
    done = await platforms.telegram(token).set_webhook(url, secret)
    return None if isinstance(done, Done) else done


async def subscribe(platforms: Platforms, token: str, number: str, account: str) -> Refused | None:
    """Have the account's webhooks sent to the app that the token is of."""
    done = await platforms.whatsapp(token, number).subscribe(account)
    return None if isinstance(done, Done) else done


async def hang_up(platforms: Platforms, token: str, url: str) -> None:
    """Tell Telegram to send nothing here any more, unless it sends elsewhere by now."""
    telegram = platforms.telegram(token)
    there = await telegram.webhook()
    if not isinstance(there, Refused) and there.url == url:
        await telegram.delete_webhook()


def refusal(platform: str, why: Refused) -> ChannelRefused | PlatformAway:
    """What a person is told of it, in the platform's own words."""
    text = why.refusal.text or "no reason"
    if why.refusal.todo == "again":
        return PlatformAway(f"{platform} does not answer: {text}")
    return ChannelRefused(f"{platform} says: {text}")
