"""The settings of a city in a file: server, worker and nightly job mean the same city."""

import pytest

from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.commandline.frame.settings_file import take_over


def test_what_the_file_says_is_set_but_the_environment_goes_first(tmp_path):
    (tmp_path / "mitstadt.env").write_text(
        '# die Stadt\n\nMITSTADT_SITE_NAME="Mitstadt Köln"\nexport MITSTADT_OPERATOR=Stadt Köln  \n'
        "DATABASE_URL=postgres://koeln:ge#heim=@db/koeln\nMITSTADT_MAIL_HOST='mail'\n"
    )
    environment = {"MITSTADT_MAIL_HOST": "other"}

    assert take_over(environment, root=tmp_path) == tmp_path / "mitstadt.env"

    assert environment == {
        "MITSTADT_SITE_NAME": "Mitstadt Köln",
        "MITSTADT_OPERATOR": "Stadt Köln",
        "DATABASE_URL": "postgres://koeln:ge#heim=@db/koeln",
        "MITSTADT_MAIL_HOST": "other",
    }


def test_a_city_without_a_file_has_its_environment_alone(tmp_path):
    environment: dict[str, str] = {}

    assert take_over(environment, root=tmp_path) is None
    assert environment == {}


def test_a_file_that_was_named_must_be_there(tmp_path):
    with pytest.raises(MethodError, match="cannot be read"):
        take_over({"MITSTADT_SETTINGS": str(tmp_path / "none.env")}, root=tmp_path)


def test_a_line_that_is_no_setting_is_told_by_its_number(tmp_path):
    (tmp_path / "mitstadt.env").write_text("MITSTADT_DEMO=1\nDATABASE_URL postgres://x\n")

    with pytest.raises(MethodError, match="Line 2"):
        take_over({}, root=tmp_path)
