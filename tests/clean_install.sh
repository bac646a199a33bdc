#!/usr/bin/env bash
# Build the wheel, install it into a clean environment, use it in an empty folder with an empty home, and uninstall it.
#   tests/clean_install.sh           pip fetches what the wheel needs
#   tests/clean_install.sh FOLDER    without a network: what it needs is taken from a folder of installed packages
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
packages=${1:-}
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { echo "clean_install: $1" >&2; exit 1; }
step() { echo "clean_install: $1"; }

export HOME=$work/home LANG=C PYTHONDONTWRITEBYTECODE=
unset LC_ALL LC_MESSAGES PYTHONPATH PYTHONUTF8 POLICYCMP_DATA POLICYCMP_LANG MPLBACKEND
for name in $(env | sed -n 's/^\(XDG_[A-Z_]*\)=.*/\1/p'); do unset "$name"; done
mkdir "$HOME" "$work/here"
cp "$root/data/reference/texts/yunxi.txt" "$work/here/east.txt"
cp "$root/data/reference/texts/binhai.txt" "$work/here/西.txt"
cd "$work/here"

step "building the wheel"
"$python" -m pip wheel --quiet --disable-pip-version-check --no-deps ${packages:+--no-build-isolation --no-index} -w "$work/dist" "$root"

step "installing it"
"$python" -m venv "$work/env"
bin=$work/env/bin
site=$("$bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
if [ -n "$packages" ]; then
  echo "$packages" > "$site/others.pth"
  "$bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-index "$work"/dist/*.whl
else
  for wheel in "$work"/dist/*.whl; do "$bin/python" -m pip install --quiet --disable-pip-version-check "$wheel[report]"; done
fi
[ "$("$bin/python" -c 'import policycmp; print(policycmp.__file__)')" = "$site/policycmp/__init__.py" ] || fail "another copy is used"
installed() { find "$site/policycmp" -not -name '*.pyc' -not -name __pycache__ | sort; }
installed > "$work/before"

step "the commands"
"$bin/policycmp" --version
"$bin/python" -m policycmp --version > /dev/null
"$bin/policycmp" list | tee "$work/list"
grep -q longwan "$work/list" && grep -q lucheng "$work/list" || fail "the shipped documents are not known"
"$bin/policycmp" compare longwan lucheng --out pairs --no-charts > /dev/null
[ -s pairs/comparison.xlsx ] || fail "no workbook"
"$bin/policycmp" evaluate > evaluation.txt
grep -q nanping evaluation.txt || fail "no evaluation"
"$bin/policycmp" add east.txt --district 云溪 --id yunxi > /dev/null
"$bin/policycmp" list | grep -q yunxi || fail "what was added is not listed"
"$bin/policycmp" tables yunxi --out tables > /dev/null
[ -s tables/targets.csv ] || fail "no tables"
"$bin/policycmp" remove yunxi --yes
"$bin/policycmp" remove longwan --yes 2> refused.txt && fail "a shipped document was removed"
grep -q "comes with the program" refused.txt || fail "it is not said why"
[ ! -e data ] || fail "a folder data/ was made here"

step "the report of the shipped pair, and one of two files of one's own in English"
"$bin/policycmp" report --lang zh --out shipped > /dev/null
"$bin/policycmp" report east.txt 西.txt --out mine > told.txt
grep -q 'lang="zh-CN"' shipped/index.html || fail "the report is not Chinese"
grep -q 'lang="en"' mine/index.html || fail "the report is not English"
for name in tables/targets.csv figures/targets.png comparison.xlsx comparison.docx notebooks/report.ipynb; do
  [ -s "shipped/$name" ] && [ -s "mine/$name" ] || fail "no $name"
done

installed | cmp - "$work/before" || fail "something was written into the installed package"
step "uninstalling it"
"$bin/python" -m pip uninstall --quiet --disable-pip-version-check --yes policycmp
find "$work/env" "$HOME" -iname '*policycmp*' > "$work/left"
[ "$(cat "$work/left")" = "$HOME/.local/share/policycmp" ] || fail "this is left: $(cat "$work/left")"
step "nothing is left but $(basename "$(cat "$work/left")") in the user's own folder"
