"""Coverage-guided fuzzing of the readers and the outline: ``make fuzz`` (SECONDS=60 for each), or one by its name.

Each target begins with documents of our own and changes them; only a refusal in words may come of it. What breaks one
is kept in build/fuzz/<target>/ as crash-…, timeout-… or oom-…, and `python tests/fuzz.py TARGET FILE` runs it again.
"""

import os
import subprocess
import sys
import zipfile

import making

TARGETS = ("text", "html", "docx", "ofd", "pdf", "outline")
WORK = making.ROOT / "build" / "fuzz"
SLOW, LARGE = 20, 2000  # seconds for one input, MB: more is a finding
PARTS = ("word/document.xml", "word/numbering.xml", "word/styles.xml")

OFD = ("OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml")


def seeds(target: str) -> list[bytes]:
    """Documents of our own as this target takes them."""
    texts = [making.QILAN[:700], making.QILAN, making.TEXTS["chengjiang"][:2000]]  # short ones are changed more often
    if target == "html":
        return [make(text) for text in texts for make in (making.page, making.old_page)]
    if target == "docx":
        files = [making.word(text) for text in texts]
        return files + [
            b"\0".join(zipfile.ZipFile(making.io.BytesIO(raw)).read(part) for part in PARTS) for raw in files
        ]
    if target == "ofd":
        files = [making.ofd(text) for text in texts]
        return files + [b"\0".join(zipfile.ZipFile(making.io.BytesIO(raw)).read(part) for part in OFD) for raw in files]
    if target == "pdf":
        return [making.pdf(text[:900]) for text in texts]
    return [text.encode(name) for text in texts for name in ("utf-8", "gb18030", "utf-16")]


def run(target: str) -> None:
    """Fuzz one target until its time is over; the arguments are libFuzzer's."""
    import atheris

    with atheris.instrument_imports(include=["policycmp"]):
        from policycmp import reading
        from policycmp.errors import PolicyError, Refused
        from policycmp.reading import ofd_file, pdf_file, plain_text, web_page, word_file
        from policycmp.structure import clauses
        from policycmp.text.lexicon import Lexicon
    lexicon = Lexicon.load()
    readers = {"text": plain_text, "html": web_page, "docx": word_file, "ofd": ofd_file, "pdf": pdf_file}

    def one(data: bytes) -> None:
        if target == "docx" and not data.startswith(
            b"PK"
        ):  # parts that are packed here reach deeper than a broken archive
            data = making.package("", more=zip(PARTS, data.split(b"\0"), strict=False))
        if target == "ofd" and not data.startswith(b"PK"):
            data = making.ofd_package([], more=zip(OFD, data.split(b"\0"), strict=False))
        try:
            if target == "outline":
                text = data.decode("utf-8", "ignore")
                clauses.read_structure(reading.Policy("a", text, "a.txt", "", "utf-8", body_end=len(text)))
            else:
                text, _, notes = readers[target].read(data, lexicon)
                text.encode()
                "".join(notes).encode()
        except (Refused, PolicyError):
            pass

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


def main() -> None:
    chosen, *rest = sys.argv[1:] or ["all"]
    if chosen in TARGETS and rest:
        del sys.argv[1]
        run(chosen)
        return
    seconds = int(os.environ.get("SECONDS", "60"))
    failed = []
    for target in TARGETS if chosen == "all" else [chosen]:
        corpus = WORK / target
        corpus.mkdir(parents=True, exist_ok=True)
        for i, seed in enumerate(seeds(target)):
            (corpus / f"seed-{i}").write_bytes(seed)
        options = [
            f"-max_total_time={seconds}",
            f"-timeout={SLOW}",
            f"-rss_limit_mb={LARGE}",
            f"-artifact_prefix={corpus}/",
        ]
        quiet = ["-print_final_stats=1", "-verbosity=0", "-len_control=0", "-max_len=20000"]
        command = [sys.executable, __file__, target, str(corpus), *options, *quiet]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace")
        runs = [line.split()[-1] for line in done.stderr.splitlines() if "number_of_executed_units" in line]
        found = sorted(path.name for kind in ("crash", "timeout", "oom") for path in corpus.glob(f"{kind}-*"))
        print(f"{target}: {runs[0] if runs else '?'} inputs, {', '.join(found) or 'nothing found'}", flush=True)
        if done.returncode or found:
            failed.append(target)
            print(done.stdout[-3000:] + done.stderr[-3000:])
    sys.exit(f"fuzz: {', '.join(failed)} broke" if failed else 0)


if __name__ == "__main__":
    main()
