"""What a terminal is given commands nothing, and an error that nobody foresaw is one line too."""

import re
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from policycmp import __main__
from policycmp.cli import commands, console, main


@given(st.text())
def test_a_text_keeps_its_length_and_all_that_is_to_be_read(text):
    shown = console.harmless(text)
    assert len(shown) == len(text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert [char for char in text if char.isalnum()] == [char for char in shown if char.isalnum()]


def test_sequences_of_a_document_do_not_reach_the_terminal(tmp_path, capsys):
    nasty = tmp_path / "a.txt"
    nasty.write_text("一、产业\x9b31m\n（一）引才。引进人才9名\u202e。\n", encoding="utf-8")
    main(["check", str(nasty), "--numbers"])
    main(["check", str(tmp_path / "\x1b[31m.txt")])
    said = capsys.readouterr()
    assert "9" in said.out and not set("\x1b\x9b\u202e") & set(said.out + said.err)


def test_an_unforeseen_error_is_one_line_that_names_a_file_with_the_traceback(capsys, monkeypatch):
    def fail(arguments):
        raise ZeroDivisionError("deep inside")

    monkeypatch.setattr(commands, "listing", fail)
    assert main(["list", "--lang", "en"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "Traceback" not in said
    file = Path(re.search(r"(\S+\.txt)", said)[1])
    assert "deep inside" in file.read_text(encoding="utf-8")
    file.unlink()


def test_an_interruption_is_told(capsys, monkeypatch):
    def stop(arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "listing", stop)
    assert main(["list", "--lang", "en"]) == 1
    assert capsys.readouterr().err == "policycmp: interrupted; every file that was written is whole\n"


def test_an_interruption_while_the_command_is_being_read_is_told(capsys, monkeypatch):
    monkeypatch.setenv("POLICYCMP_LANG", "en")
    monkeypatch.delitem(sys.modules, "policycmp.cli")
    monkeypatch.setattr(sys, "meta_path", [Interrupted(), *sys.meta_path])
    assert __main__.program() == 1
    assert capsys.readouterr().err == "policycmp: interrupted; every file that was written is whole\n"


class Interrupted:
    """Someone who presses Ctrl-C when the command is being imported."""

    def find_spec(self, name, path, target=None):
        if name == "policycmp.cli":
            raise KeyboardInterrupt


def test_a_file_is_no_data_folder(capsys, tmp_path):
    (tmp_path / "data").write_text("x", encoding="utf-8")
    assert main(["list", "--lang", "en", "--data", str(tmp_path / "data")]) == 1
    assert "this is a file, no data folder; give a folder by --data" in capsys.readouterr().err
    assert main(["list", "--lang", "en", "--data", str(tmp_path / "typed wrong")]) == 1
    assert "typed wrong: there is no such folder; give a data folder by --data" in capsys.readouterr().err
