"""Hours in words are understood as a whole, or not at all."""

import pytest

from locator.directory.importing.spoken_hours import hours_in


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("Man-tors 15-17", "Mo-Th 15:00-17:00"),
        ("tirsdag 16-18", "Tu 16:00-18:00"),
        ("hverdage 10-16", "Mo-Fr 10:00-16:00"),
        ("mandag kl. 10.00–16.30", "Mo 10:00-16:30"),
        ("Man.-tors. kl. 15.00-17.00, fre. kl. 10-12", "Mo-Th 15:00-17:00; Fr 10:00-12:00"),
        ("man, ons og fre 10-12", "Mo,We,Fr 10:00-12:00"),
        ("ma, ti, to 10-12", "Mo-Tu,Th 10:00-12:00"),
        ("mandag til fredag 10-18", "Mo-Fr 10:00-18:00"),
        ("Monday to Friday 10am-4pm", "Mo-Fr 10:00-16:00"),
        ("man-tors 9-12 og 13-15", "Mo-Th 09:00-12:00,13:00-15:00"),
        ("mandag 10-12, mandag 14-16", "Mo 10:00-12:00,14:00-16:00"),
        ("Mandag 10-12\nTirsdag 12-14", "Mo 10:00-12:00; Tu 12:00-14:00"),
        ("Man 10 - 16 Tir 10 - 16 Ons lukket Tors 12 - 18", "Mo-Tu 10:00-16:00; Th 12:00-18:00"),
        ("Man-tors 15-17, lukket i juli", "Mo-Th 15:00-17:00; Jul off"),
        ("tors 17.00-19.00; lukket uge 28-30", "Th 17:00-19:00; week 28-30 off"),
        ("hverdage 10-16 (lukket helligdage)", "Mo-Fr 10:00-16:00; PH off"),
        ("fredag kl. 18-02", "Fr 18:00-02:00"),
        ("fredag fra kl. 18", "Fr 18:00+"),
        ("første lørdag i måneden 11-14", "Sa[1] 11:00-14:00"),
        ("lige uger: tirsdag 16-18", "week 02-52/2 Tu 16:00-18:00"),
        ("Onsdage kl. 16-18 (lige uger)", "week 02-52/2 We 16:00-18:00"),
        ("man + ons 15.30 – 17.30", "Mo,We 15:30-17:30"),
        ("tirsdag 16:30-18:30, lukket uge 29 og 30", "Tu 16:30-18:30; week 29,30 off"),
        ("mandag 10-12, lige uger: tirsdag 16-18", "Mo 10:00-12:00; week 02-52/2 Tu 16:00-18:00"),
        ("mandag efter aftale", 'Mo "by appointment"'),
        ("efter aftale", '"by appointment"'),
        ("døgnåbent", "24/7"),
        ("Mo-Fr 10:00-16:00", "Mo-Fr 10:00-16:00"),
    ],
)
def test_what_people_write_becomes_hours(words, hours):
    assert hours_in(words) == hours


@pytest.mark.parametrize(
    "words",
    [
        "",
        "10-16",  # on which days?
        "lukket i juli",  # and when is it open?
        "lukket",
        "Man-tors 15-17 (dog ikke i skoleferien)",
        "tirsdag 16-18 i skolen",
        "hver anden tirsdag 10-12",  # which of them?
        "Man-fre 8-20 eller efter aftale",
        "ma to 10-12",  # Monday and Thursday, or Monday to…?
        "tirsdag 2-4",  # in the afternoon?
        "tirsdag 10-4",
        "tirsdag 12",
        "mandag 25-26",
        "søndag-torsdag 10-12",
        "mandag 31.12",
        "5. december 10-12",
        "mandag-fredag 8.30-15.30, torsdag dog til 17",
        "man-fre 09:00-15:00, telefonisk henvendelse",
        "maj-september dagligt 10-18",
        "Se hjemmesiden",
        "mandag 10-12, mandag lukket",
    ],
)
def test_what_is_not_sure_is_left_in_the_persons_words(words):
    assert hours_in(words) is None
