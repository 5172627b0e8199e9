"""A detail is found by what people call it for short, and everyday words are taken for none."""

import pytest

from documents.leaks import gives_away

ZELKOVA = "41 Zelkova Lane, Testham, TE5 7QQ"
INVENTED = "12 Invented Row, Testham, TE5 7QR"
ACCOUNT = "zq_canary on Instagram"
SWITHUN = "St Swithun's Primary School, Green Road"
GENERAL = "Ward 7, Testham General Hospital"
MALTINGS = "Flat 3, The Maltings, Testham"
TESCO = "Tesco Extra, Northgate, Testham"
MAIL = "jane.zed@example.org"
SPOT = "51.50740, -0.12780"
THREE = "filled.count.soap"
PHONE = "07700 900123"
SAID = [
    (ZELKOVA, "41 Zelkova"),
    (ZELKOVA, "Zelkova La"),
    (ZELKOVA, "Zelkova Rd"),
    (ZELKOVA, "Zelkova, Lane"),
    (ZELKOVA, "Zelkova. Lane"),
    (ZELKOVA, "the Zelkova flats"),
    (ZELKOVA, "\u1d22\u1d07\u029f\u1d0b\u1d0f\u1d20\u1d00"),
    (ZELKOVA, "Z\u1d07\u029f\u1d0b\u1d0f\u1d20\u1d00 Lane"),
    (INVENTED, "12 Invented"),
    (INVENTED, "twelve invented"),
    (INVENTED, "Invented Row"),
    (INVENTED, "the row called INVENTED-ROW"),
    (INVENTED, "Invented Lane"),
    (INVENTED, "TE5 7QR"),
    ("5 Welcome Street, Testham", "Welcome Street"),
    ("12 Elm Row", "12 Elm"),
    ("12 Elm Row, Testham", "twelve Elm"),
    ("\u0664\u0661 Zelkova Lane", "41 Zelkova"),
    (ACCOUNT, "zq_canary"),
    (ACCOUNT, "@zqcanary"),
    (ACCOUNT, "instagram.com/zq_canary"),
    ("Instagram: zqcanary", "zqcanary"),
    ("her account is @zqcanary", "zq_canary"),
    (SWITHUN, "St Swithun's"),
    ("St Father", "St Father's"),
    (SWITHUN, "St. Swithuns Primary"),
    (SWITHUN, "Saint Swithun's school"),
    ("The Willows Nursery", "the Willows"),
    ("Grafton Vets", "Grafton's"),
    ("Grafton Vets", "Grafton veterinary practice"),
    (GENERAL, "Testham General"),
    (GENERAL, "ward seven"),
    (GENERAL, "ward 7"),
    (MALTINGS, "Maltings flat 3"),
    (MALTINGS, "at Maltings"),
    (TESCO, "Tesco on Northgate"),
    (TESCO, "the shop where she works at Tesco Northgate"),
    (MAIL, "jane.zed"),
    (MAIL, "mailto:jane.zed%40example.org"),
    (SPOT, "51.5074,-0.1278"),
    (SPOT, "51.507400 -0.127800"),
    (SPOT, "51.5074 N, 0.1278 W"),
    (THREE, "filled, count, soap"),
    (THREE, "///filled.count.soap"),
    (PHONE, "\u0660\u0667\u0667\u0660\u0660 \u0669\u0660\u0660\u0661\u0662\u0663"),
    (PHONE, "\u06f0\u06f7\u06f7\u06f0\u06f0\u06f9\u06f0\u06f0\u06f1\u06f2\u06f3"),
    ("\u0660\u0667\u0667\u0660\u0660 \u0669\u0660\u0660\u0661\u0662\u0663", "07700 900123"),
]
HELD = (
    *(INVENTED, "5 Welcome Street, Testham", "8 Harvesting Way, Testham"),
    *(ZELKOVA, ACCOUNT, GENERAL, MALTINGS, TESCO, MAIL, SPOT, THREE, PHONE, "12 Elm Row"),
    *("The Willows Nursery", "Grafton Vets", "St Swithun's Primary School, Testham"),
    *("4 Green Lane, Testham", "7 London Road, Testham", "9 Manchester Street, Testham"),
    *("12 May Street, Testham", "41 Call Lane, Testham", "3 Victoria Park, Testham"),
    *("Testham Primary School, Testham", "St Albans Primary School", "Active on Facebook"),
    *("Testham House, 2 Queen Street, Testham", "200 Hidden Lane, Nowhere"),
    *("2 Mobile Close, Testham", "3 Bus Lane, Testham", "Living with a friend, Testham"),
)
INNOCENT = (
    *("Testham", "Green Road", "High Street", "the primary school", "the General Hospital"),
    *("a page on Instagram", "any shop, on 12 May", "her after 41 calls", "London", "Manchester"),
    *("St Albans", "Victoria", "the willow trees", "the ward", "ward 17", "Grafton", "Tesco"),
    *("a house. Lane closures", "the elm", "12 elms", "Northgate", "the primary, or count soap"),
    *("an invented story", "Invented", "a place where he is welcome", "harvesting crops"),
    *("Elm Park", "Green Park", "Queen Victoria Road", "the flats", "flat 3", "any active account"),
    *("Testham Magistrates’ Court", "51 places, 12 of them 780 metres away", "a canary"),
    *(
        "jane",
        "an example of zed",
        "any hidden place",
        "nowhere",
        "41 shops",
        "2 mobile phones",
        "3 bus stops",
        "a living in Testham",
        "Saint Anne's",
    ),
)


@pytest.mark.parametrize(("detail", "said"), SAID)
def test_found_by_what_it_is_called(detail: str, said: str) -> None:
    assert gives_away(f"He must not go to {said} at any time.", [detail])


@pytest.mark.parametrize("said", INNOCENT)
def test_innocent_words_stop_nothing(said: str) -> None:
    text = f"He must not go to {said} at any time."
    assert [detail for detail in HELD if gives_away(text, [detail])] == []


@pytest.mark.parametrize("detail", HELD)
def test_a_town_alone_stops_nothing(detail: str) -> None:
    assert not gives_away(
        "He lives in Testham. He was in TESTHAM, and near Testham's court.", [detail]
    )
