"""Countries and states as people write them in Portuguese, Spanish and English."""

import re
import unicodedata
from collections.abc import Mapping

import phonenumbers

_BRAZIL = """
ac acre|al alagoas|ap amapa|am amazonas|ba bahia|ce ceara|df distritofederal brasilia
es espiritosanto|go goias|ma maranhao|mt matogrosso|ms matogrossodosul|mg minasgerais|pa para
pb paraiba|pr parana|pe pernambuco|pi piaui|rj riodejaneiro|rn riograndedonorte
rs riograndedosul|ro rondonia|rr roraima|sc santacatarina|sp saopaulo|se sergipe|to tocantins
"""
_UNITED_STATES = """
al alabama|ak alaska|az arizona|ar arkansas|ca california|co colorado|ct connecticut|de delaware
dc districtofcolumbia|fl florida|ga georgia|hi hawaii|id idaho|il illinois|in indiana|ia iowa
ks kansas|ky kentucky|la louisiana|me maine|md maryland|ma massachusetts|mi michigan|mn minnesota
ms mississippi|mo missouri|mt montana|ne nebraska|nv nevada|nh newhampshire|nj newjersey
nm newmexico|ny newyork|nc northcarolina|nd northdakota|oh ohio|ok oklahoma|or oregon
pa pennsylvania|ri rhodeisland|sc southcarolina|sd southdakota|tn tennessee|tx texas|ut utah
vt vermont|va virginia|wa washington|wv westvirginia|wi wisconsin|wy wyoming
"""
_COUNTRIES = """
br bra brasil brazil|ar arg argentina|mx mex mexico mejico|cl chl chile|co col colombia
pe per peru|uy ury uruguay uruguai|py pry paraguay paraguai|bo bol bolivia
ec ecu ecuador equador|ve ven venezuela|cr cri costarica|pa pan panama|gt gtm guatemala
hn hnd honduras|ni nic nicaragua|sv slv elsalvador|cu cub cuba|pr pri puertorico portorico
do dom republicadominicana dominicanrepublic|es esp espana espanha spain|pt prt portugal
us usa eua eeuu estadosunidos unitedstates unitedstatesofamerica
gb gbr uk reinounido unitedkingdom inglaterra|fr fra francia franca france|it ita italia italy
de deu alemania alemanha germany|ao ago angola|mz moz mozambique mocambique
"""


def plain(text: str) -> str:
    """In lower case, without accents, spaces or punctuation: what is compared."""
    parts = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in parts if char.isalnum())


def country(text: str) -> str | None:
    """`BR` of whatever somebody calls Brazil; None of what is no country."""
    if known := _BY_COUNTRY.get(plain(text)):
        return known.upper()
    code = text.strip().upper()
    return code if code in phonenumbers.SUPPORTED_REGIONS else None


def state(text: str, of: str | None) -> str | None:
    """Its two letters, where states have some; else the name in lower case with its accents. None
    of what is no state of a country whose states have letters."""
    known = _STATES.get(of or "")
    if known is None:
        composed = unicodedata.normalize("NFKC", text).lower()
        return "".join(char for char in composed if char.isalpha() or char in "0123456789")
    # `SP - São Paulo`, `São Paulo (SP)`, `BR-SP`: what is a code already says it best.
    parts = sorted(map(_bare, (text, *re.split(r"[-/,()]", text))), key=len)
    return next((known[part] for part in parts if part in known), None)


def _bare(text: str) -> str:
    return _OF_STATE.sub("", plain(text))


def _table(text: str) -> Mapping[str, str]:
    rows = [row.split() for row in text.strip().replace("\n", "|").split("|")]
    return {name: row[0] for row in rows for name in row}


_BY_COUNTRY = _table(_COUNTRIES)
_STATES = {"BR": _table(_BRAZIL), "US": _table(_UNITED_STATES)}
_OF_STATE = re.compile(r"^(?:estado|provincia)d(?:e|o|a|el)(?=.)")
