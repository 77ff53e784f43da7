"""Names for generated sentences: people, bodies, places, roles; and the harmless ways the same name is spelt.

Every list is cut in two by a digest of the entry: what training may use, and what only held-out sets use. The people
are invented: first and last names are put together at random.
"""

from __future__ import annotations

import hashlib
import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "BODIES",
    "CITIES",
    "COUNTRIES",
    "FIRST",
    "LAST",
    "PRODUCTS",
    "ROLES",
    "Country",
    "allowed",
    "respell",
]

HELD_PERCENT = 18


def _cut(text: str, between: str) -> tuple[str, ...]:
    return tuple(text.split(between))


FIRST = _cut(
    "Adaeze Agnieszka Aiko Alejandra Amadou Anneli Ansel Arturo Ayumi Bartosz Beatriz Birgit Bogdan Camille Carmen "
    "Chidi Clara Dagny Darius Deepa Dmytro Edda Eitan Elif Emeka Enrique Esra Farid Fatou Feliks Fiona Florin "
    "Gabriela Georgi Gerd Gizem Greta Hamid Hana Harald Henrike Hugo Ibrahim Ilona Imre Ines Ingrid Isabel Ivana "
    "Jadwiga Jamal Janek Jelena Joana Jonas Jorge Juhani Kaito Karin Katarina Kemal Kofi Lamia Larysa Leila Lena "
    "Lidia Lior Lucia Luka Maeve Magnus Malik Marek Margit Mateo Matthias Mehdi Mercy Milan Mireille Mustafa Nadia "
    "Naoki Nils Nkechi Noor Octavia Oksana Olga Omar Orla Oscar Pavel Petra Philippe Priya Rafael Ragnar Rashid "
    "Renata Roman Rosa Ruben Salma Samir Sandor Sanjay Selin Simone Sofia Stefan Svetlana Tadeusz Taras Teresa Thandi "
    "Tiago Tomas Ulrike Valentina Vera Vikram Viktor Wanjiru Wilhelm Xenia Yael Yasmin Yusuf Zdenek Zofia Alan Brian "
    "Carol Diane Edward Frances Gordon Helen Janet Keith Laura Martin Nancy Peter Rachel Steven Susan Walter",
    " ",
)
LAST = _cut(
    "Abara Achterberg Adeyemi Aldana Almeida Andrusiak Appiah Arslan Babić Balogun Barbosa Barzani Bednarz Belov "
    "Bergström Bianchi Bondarchuk Borovik Brandt Cañete Carvalho Černý Chaudhry Cisse Costello Dąbrowski Danylenko "
    "Demirtaş Desai Diallo Dragomir Dufour Ekström Elbaz Engström Eriksen Fadel Farkas Fernández Fontaine Gallagher "
    "Garrido Gashi Golubev Grönlund Gutiérrez Haddad Halvorsen Hashimi Heikkinen Hidalgo Hoffmann Horvat Hrytsak "
    "Ibáñez Ivanytsia Iyer Jankowski Jelinek Johansson Kadyrbek Kallas Kamau Karpenko Khalil Khoroshev Kiselyov "
    "Kobayashi Kovacs Kraus Kuznetsova Laurent Levchenko Lindqvist Lombardi Lukaszek Mahmoud Makarenko Maldonado "
    "Marchenko Mbeki Mendoza Mercier Mihailov Moreau Müller Mutasa Nakamura Nasser Navarro Nikolaidis Novák Nygaard "
    "Oduya Okafor Olszewski Ortega Osei Öztürk Pacheco Panchenko Papadakis Pereira Petrosyan Popescu Prokopenko "
    "Quispe Rahimi Ramirez Rasmussen Reinholt Rinaldi Romaniuk Rossi Rutkowski Sæther Saarinen Salgado Savchenko "
    "Schäfer Serrano Shapiro Sidorov Silva Sobczak Sørensen Stavrou Stoyanov Suzuki Szabó Takahashi Tanaka Tereshchuk "
    "Thorsen Tkachuk Toure Tymoshchuk Ueda Ustinov Vargas Vasilenko Vestergaard Vlasenko Voronin Wagner Wójcik "
    "Yamamoto Yılmaz Zaitsev Zamora Zhukovsky Ziegler Hartley Whitcombe Ashdown Bristow Calloway Drummond Fairbanks "
    "Greaves Huxley Kendrick Langford Merriweather Pemberton Radcliffe Stanhope Thackeray",
    " ",
)


@dataclass(frozen=True, slots=True)
class Country:
    """A country."""

    name: str
    """English name, without article."""
    adjective: str
    """As in "the Norwegian delegation"."""
    capital: str
    """Its capital, also used as a word for its government."""


COUNTRIES = tuple(
    Country(*row.split("/"))
    for row in _cut(
        "Norway/Norwegian/Oslo; Portugal/Portuguese/Lisbon; Chile/Chilean/Santiago; Kenya/Kenyan/Nairobi; "
        "Finland/Finnish/Helsinki; Ghana/Ghanaian/Accra; Peru/Peruvian/Lima; Vietnam/Vietnamese/Hanoi; "
        "Ireland/Irish/Dublin; Morocco/Moroccan/Rabat; Armenia/Armenian/Yerevan; Bolivia/Bolivian/Sucre; "
        "Croatia/Croatian/Zagreb; Denmark/Danish/Copenhagen; Ecuador/Ecuadorian/Quito; Estonia/Estonian/Tallinn; "
        "Ethiopia/Ethiopian/Addis Ababa; Greece/Greek/Athens; Iceland/Icelandic/Reykjavik; "
        "Indonesia/Indonesian/Jakarta; Jordan/Jordanian/Amman; Latvia/Latvian/Riga; "
        "Malaysia/Malaysian/Kuala Lumpur; Mongolia/Mongolian/Ulaanbaatar; "
        "Nepal/Nepalese/Kathmandu; Nigeria/Nigerian/Abuja; Oman/Omani/Muscat; Senegal/Senegalese/Dakar; "
        "Serbia/Serbian/Belgrade; Slovenia/Slovenian/Ljubljana; Tunisia/Tunisian/Tunis; Uganda/Ugandan/Kampala; "
        "Uruguay/Uruguayan/Montevideo; Zambia/Zambian/Lusaka; Colombia/Colombian/Bogotá; Sudan/Sudanese/Khartoum",
        "; ",
    )
)
CITIES = _cut(
    "Antwerp; Aarhus; Bergen; Bilbao; Bordeaux; Bratislava; Bristol; Busan; Cape Town; Cartagena; Casablanca; Cluj; "
    "Córdoba; Cork; Cusco; Dresden; Durban; Edinburgh; Fukuoka; Gdańsk; Genoa; Ghent; Gothenburg; Graz; Guadalajara; "
    "Haifa; Hamburg; Innsbruck; Jaipur; Kaunas; Kisumu; Košice; Kraków; Lausanne; Leeds; Leipzig; Linz; Lyon; Malmö; "
    "Marrakesh; Marseille; Medellín; Mombasa; Nagoya; Naples; Nice; Novi Sad; Oaxaca; Oporto; Osaka; Ostrava; Pécs; "
    "Perth; Plovdiv; Poznań; Pune; Rosario; Rotterdam; Salzburg; Sapporo; Seville; Split; Stuttgart; Surabaya; "
    "Tampere; Tartu; Thessaloniki; Toulouse; Trieste; Turin; Uppsala; Utrecht; Valencia; Valparaíso; Varna; Wrocław; "
    "Zaragoza; Adelaide; Calgary; Denver; Halifax; Memphis; Portland; Winnipeg",
    "; ",
)
BODIES = _cut(
    "the Harbour Authority; the National Energy Agency; the Institute for Soil Research; the Northern Rail Company; "
    "the Central Statistics Office; the Coastal Protection Fund; the Federal Audit Chamber; the Lakeside Hospital "
    "Trust; the Marine Safety Board; the Metal Workers' Union; the Museum of Applied Arts; the National Park Service; "
    "the Public Health Laboratory; the Regional Development Bank; the Road Traffic Directorate; the Teachers' "
    "Federation; the Telecom Regulator; the Upper Valley Council; the Veterans' Association; the Water Users' League; "
    "Arvento Bank; Bluefin Logistics; Calder Steel; Dovetail Insurance; Eastmark Airlines; Fennel Foods; Granary "
    "Software; Helios Motors; Ironwood Mining; Juniper Pharma; Kestrel Shipping; Lumen Textiles; Meridian Press; "
    "Northlight Films; Orchard Energy; Palisade Hotels; Quarry Cement; Ridgeway Rail; Saltmarsh Brewing; Tidewater "
    "Gas; the Green Alliance; the Civic Forum; the Farmers' Party; the Liberal Union; the People's Coalition; the "
    "Workers' Front; the Border Guard Service; the Election Commission; the Constitutional Court; the Foreign "
    "Ministry; the Finance Ministry; the Defence Ministry; the Interior Ministry; the Ministry of Culture; the "
    "Ministry of Justice; the Ministry of Health; the Central Bank; the Prosecutor General's Office; the State "
    "Security Service; the General Staff; the Navy Command",
    "; ",
)
PRODUCTS = _cut(
    "wheat; natural gas; medical masks; copper wire; fertiliser; coffee; steel pipes; generators; drones; bicycles; "
    "solar panels; vaccines; timber; rice; tractors; textbooks; electric buses; tents; aluminium; olive oil; machine "
    "tools; batteries",
    "; ",
)
ROLES: tuple[tuple[str, ...], ...] = (
    ("foreign minister", "minister of foreign affairs", "head of the Foreign Ministry"),
    ("finance minister", "minister of finance"),
    ("defence minister", "minister of defence", "defense minister"),
    ("interior minister", "minister of the interior"),
    ("justice minister", "minister of justice"),
    ("health minister", "minister of health"),
    ("culture minister", "minister of culture"),
    ("deputy foreign minister", "deputy minister of foreign affairs"),
    ("first deputy foreign minister", "first deputy minister of foreign affairs"),
    ("deputy finance minister", "deputy minister of finance"),
    ("deputy defence minister", "deputy minister of defence"),
    ("prime minister", "head of government"),
    ("deputy prime minister", "vice prime minister"),
    ("chief of the General Staff", "head of the General Staff"),
    ("deputy chief of the General Staff",),
    ("chief of military intelligence", "head of military intelligence"),
    ("head of the Security Service", "security service chief"),
    ("deputy head of the Security Service",),
    ("head of the president's office", "presidential chief of staff"),
    ("adviser to the president", "presidential adviser", "presidential aide"),
    ("adviser to the prime minister",),
    ("speaker of parliament", "parliament speaker"),
    ("deputy speaker of parliament",),
    ("secretary of the Security Council", "Security Council secretary"),
    ("deputy secretary of the Security Council",),
    ("commissioner for human rights", "human rights commissioner"),
    ("prosecutor general", "general prosecutor"),
    ("ambassador", "envoy"),
    ("mayor",),
    ("deputy mayor",),
    ("regional governor", "governor of the region"),
    ("governor of the central bank", "head of the central bank"),
    ("chief executive", "CEO", "chief executive officer"),
    ("chief financial officer", "CFO", "finance chief"),
    ("chair of the board", "board chair"),
    ("spokesperson", "press secretary"),
    ("chief negotiator", "lead negotiator"),
    ("legal adviser", "counsel"),
    ("director of research", "research director"),
    ("head coach", "manager of the team"),
    ("assistant coach",),
    ("chief engineer",),
    ("trade union leader", "union leader"),
    ("chief economist",),
    ("commander of the navy", "navy commander"),
    ("director of the museum", "museum director"),
)

_RESPELLINGS: tuple[tuple[str, str], ...] = (
    ("yi", "i"),
    ("iy", "y"),
    ("ii", "iy"),
    ("kh", "h"),
    ("shch", "sch"),
    ("zh", "j"),
    ("ts", "c"),
    ("ov", "ow"),
    ("ch", "tch"),
    ("ks", "x"),
    ("iu", "yu"),
    ("ia", "ya"),
    ("ya", "ia"),
    ("y", "i"),
    ("k", "c"),
    ("ü", "ue"),
    ("ö", "oe"),
    ("ä", "ae"),
    ("ø", "oe"),
    ("ei", "ey"),
    ("ck", "k"),
    ("ou", "u"),
    ("ss", "s"),
    ("th", "t"),
    ("ph", "f"),
    ("ev", "iev"),
    ("sh", "sch"),
    ("Kh", "H"),
    ("Zh", "J"),
    ("Ts", "C"),
    ("Ya", "Ia"),
    ("Yu", "Iu"),
    ("Hr", "Gr"),
    ("Sch", "Sh"),
    ("W", "V"),
    ("Ch", "Tsch"),
)


def allowed(entries: Sequence[object], side: str) -> list[object]:
    """Return the entries that ``side`` may use: ``train`` and the held-out sides share none."""
    chosen = []
    for entry in entries:
        held = int.from_bytes(hashlib.sha256(f"name:{entry}".encode()).digest()[:4], "big") % 100 < HELD_PERCENT
        if held == (side != "train"):
            chosen.append(entry)
    return chosen


def respell(name: str, random_state: random.Random) -> str:
    """Return another usual spelling of the same name: accents off, or one letter group written another way.

    Returns the name unchanged where no rule fits.
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    bare = bare.replace("ł", "l").replace("ø", "o").replace("æ", "ae").replace("ı", "i")
    if bare != name and random_state.random() < 0.6:
        return bare
    patterns = [(f"^{old}" if old[0].isupper() else rf"(?<=\w){old}", new) for old, new in _RESPELLINGS]
    fitting = [(old, new) for old, new in patterns if re.search(old, name)]
    if not fitting:
        return bare
    old, new = random_state.choice(fitting)
    return re.sub(old, new, name, count=1)
