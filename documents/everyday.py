"""Words that anybody uses: of streets, of houses, of what people do. None of them gives a place away."""

import re

PREMISES = frozenset(
    {"flat", "apartment", "unit", "floor", "room", "house", "the", "a", "at", "of", "no"}
)
# A detail of such words alone says nothing that can be told apart: "unknown", "at school".
EVERYDAY = PREMISES | {
    *("in", "is", "not", "none", "known", "unknown", "yet", "given", "said", "told", "nil", "na"),
    *("with", "from", "and", "or", "to", "on", "by"),
    *("home", "work", "works", "working", "job", "office", "shop", "school", "nursery", "college"),
    *("university", "church", "mosque", "temple", "hospital", "surgery", "police", "station"),
    *("court", "car", "van", "phone", "mobile", "email", "address", "street", "road", "town"),
    *("city", "village", "centre", "day", "days", "night", "nights", "week", "weekend", "friend"),
    *("friends", "family", "parents", "mother", "father", "sister", "brother", "victim", "support"),
}
PRONOUN = re.compile(r"s?he|h(?:er|is)|they|their")
_KINDS = (
    "school primary secondary high infant infants junior juniors academy college nursery "
    "preschool playgroup university hospital hospice infirmary surgery clinic practice pharmacy "
    "vet vets veterinary church chapel mosque temple hostel hotel refuge house flats apartments "
    "ward library centre gym cafe pub arms shop store stores"
)
KINDS = frozenset(_KINDS.split())
# Names of streets and houses that are everyday words, or the names of many people and places.
_COMMON = (
    "high church station green mill park london king kings queen queens victoria elm oak main "
    "south north east west upper lower great little long short broad middle cross castle market "
    "manor school chapel abbey priory vicarage rectory college court garden gardens orchard "
    "meadow meadows field fields farm forest woodland woodlands heath common spring springs brook "
    "river bridge lake water waterloo valley mount mountain summit cliff beach coast harbour "
    "island quarry windmill willow willows cedar cedars maple sycamore poplar poplars laurel "
    "laurels holly hazel beech chestnut cherry acacia rowan hawthorn juniper magnolia lavender "
    "heather bramble primrose rose roses garland florist ivy fern daisy lily jasmine violet robin "
    "swallow falcon eagle kestrel prince princes princess regent royal crown duke duchess albert "
    "alexandra alexander edward elizabeth george william charles henry james arthur alfred philip "
    "stephen andrew martin thomas nelson wellington churchill trafalgar windsor stuart tudor "
    "marlborough gladstone cromwell shakespeare milton byron wordsworth tennyson dickens darwin "
    "newton watson wilson johnson jackson harris harrison roberts robinson thompson anderson "
    "wright walker turner cooper carter parker mitchell phillips morgan morris murphy rogers "
    "evans edwards hughes williams davies taylor clarke graham murray simpson marshall stewart "
    "palmer fisher barker butler foster january february march april may june july august "
    "september october november december monday tuesday wednesday thursday friday saturday sunday "
    "summer winter autumn easter europe england ireland scotland wales britain glasgow edinburgh "
    "cardiff swansea bristol leeds belfast dublin bath york exeter durham derby leicester lincoln "
    "norwich oxford cambridge coventry chester worcester gloucester bradford salford sheffield "
    "liverpool manchester general central union public private railway canal tunnel factory "
    "foundry hospital infirmary police prison council village centre corner circle square terrace "
    "avenue avenues crescent mornings evening morning sunset sunrise sunny silver golden copper "
    "bronze orange purple yellow justice liberty freedom victory empire jubilee coronation "
    "commercial industrial enterprise bishop abbot canon deacon minister mayor captain colonel "
    "admiral soldier hunter hidden nowhere sample example specimen mock account accounts profile "
    "profiles active posts messages pictures photos follows friends family stories online person "
    "people partner"
)
COMMON = frozenset(_COMMON.split())
# A number before these counts or dates something.
_COUNTED = (
    "bus buses car cars train trains door doors floor floors shop shops "
    "january february march april may june july august september october november december mile "
    "miles day days hour hours week weeks month months year years call calls metre metres minute "
    "minutes time times other others more new old long"
)
COUNTED = frozenset(_COUNTED.split())
_TOWNS_OF_SAINTS = "alban helen ive neot austell asaph andrew david leonard anne"
TOWNS_OF_SAINTS = frozenset(_TOWNS_OF_SAINTS.split())

# Words of English by their ending, and others that statements are full of: the name of a street that is
# one of these gives nothing away without the number or a kind of street beside it.
ORDINARY_ENDING = re.compile(
    r"(ed|ings?|ly|tions?|sions?|ments?|ness|less|ful|able|ible|ous|ive|ities|ity|ance|ence|ism|ship|"
    r"wards|self|where|thing|body|times?|ever)$"
)
_ORDINARY = (
    "across afraid afternoon again against almost already always animal another answer anyone around "
    "arrive autumn balance basket beauty because become before begin begins behind believe belong "
    "beside better between beyond bottle bottom bounce bright broken brother button camera carpet "
    "caution chance change chapter children circus clever closer clothes colour column comfort "
    "concert control corner cotton country couple cousin credit crystal custom danger daughter "
    "decade design desire detail device dinner direct doctor double dragon during early effort "
    "either engine enough escape estate ethics except expert extra fabric famous favour feather "
    "figure finger flight flower follow forward fountain friendly frozen future gentle giants "
    "glider global harmony harvest healthy height herald heroes hidden honest horizon hospital "
    "hotels however hundred ignore images impact indoor inside intend invent island itself journey "
    "jumper ladder language launch leader learn legacy legend length lesson letter letters library "
    "likely listen little lively locked london lonely longer lovely machine magnet manner marble "
    "market master matter medium member memory mercury message method middle minute mirror modern "
    "moment monkey mortal mother motion motor museum mystery narrow nation native nature nearby "
    "needle neither normal notice number object ocean office online orange orbit origin others "
    "outside palace paper parade parcel parent partner passage pattern people pepper perfect period "
    "person phone photos pillow pioneer planet player please pocket poetry police polite polish "
    "pollen pretty printer prison profit promise proper public purple puzzle quality quarter quick "
    "quiet rabbit rather reason record refuge remote repair report rescue result return reward "
    "rhythm ribbon rocket sailor sample school screen search season second secret secure select "
    "senior series settle shadow shelter signal silence silent silver simple single sister sleep "
    "slight smooth social source speech spirit spread stable station steady stream street strong "
    "studio sudden sugar summer supply surface symbol system target teacher temple tender theatre "
    "theory therefore though thought through ticket timber tissue tomorrow tonight toward travel "
    "treasure trouble tunnel unique unless useful vessel victim vision visitor volume waiter wallet "
    "weapon weather welcome whether while window winner winter without witness wonder worker writer "
    "yellow yesterday"
)
ORDINARY = frozenset(_ORDINARY.split())
# Beside such a word these say that a street is meant; "place", "way", "court" and "park" do not.
PLAINLY_STREETS = ("road", "street", "lane", "avenue", "terrace", "crescent", "gardens", "mews")


def is_ordinary(word: str) -> bool:
    """Is this a word that people write without a street in mind?"""
    return bool({word, word.rstrip("s")} & ORDINARY or ORDINARY_ENDING.search(word))


def says_nothing(parts: list[str]) -> bool:
    """Are these only words that everybody uses?"""
    return all(word in EVERYDAY or PRONOUN.fullmatch(word) for word in parts)
