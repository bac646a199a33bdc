#!/usr/bin/env bash
# Build the wheel, install it into a clean environment, use it in an empty folder with an empty home, and uninstall it.
#   tests/clean_install.sh               pip fetches what the wheel needs
#   tests/clean_install.sh FOLDER KEPT   without a network: what it needs is taken from a folder of installed packages;
#                                        the report of the shipped pair is kept as KEPT/report
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
packages=${1:-}
kept=${2:-}
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
"$python" -m venv --without-pip "$work/env"  # pip itself would take the longest
bin=$work/env/bin
pip() { "$python" -m pip --python "$bin/python" "$@" --quiet --disable-pip-version-check; }
site=$("$bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
if [ -n "$packages" ]; then
  echo "$packages" > "$site/others.pth"
  pip install --no-deps --no-index "$work"/dist/*.whl
else
  for wheel in "$work"/dist/*.whl; do pip install "$wheel[report]"; done
fi
[ "$("$bin/python" -c 'import policycmp; print(policycmp.__file__)')" = "$site/policycmp/__init__.py" ] || fail "another copy is used"
installed() { find "$site/policycmp" -not -name '*.pyc' -not -name __pycache__ | sort; }
installed > "$work/before"
for folder in data notebooks; do
  diff -rq -x '.*' "$root/$folder" "$site/policycmp/shipped/$folder" || fail "$folder/ is not shipped as it is here"
done
diff -rq -x __pycache__ -x shipped "$root/policycmp" "$site/policycmp" || fail "the package is not what it is here"

step "the commands"
"$bin/policycmp" --version
"$bin/python" -m policycmp --version > /dev/null
"$bin/policycmp" list | tee "$work/list"
grep -q longwan "$work/list" && grep -q lucheng "$work/list" || fail "the shipped documents are not known"
"$bin/policycmp" compare east.txt 西.txt --office --no-charts --out pairs > told.txt
grep -q clauses told.txt || fail "it does not speak English"
[ -s pairs/comparison.xlsx ] && [ -s pairs/comparison.docx ] || fail "no workbook, or no Word file"
"$bin/policycmp" add east.txt --district 云溪 --id yunxi > /dev/null
"$bin/policycmp" list | grep -q yunxi || fail "what was added is not listed"
"$bin/policycmp" tables yunxi --out tables > /dev/null
[ -s tables/targets.csv ] || fail "no tables"
"$bin/policycmp" remove yunxi --yes
"$bin/policycmp" remove longwan --yes 2> refused.txt && fail "a shipped document was removed"
grep -q "comes with the program" refused.txt || fail "it is not said why"
[ ! -e data ] || fail "a folder data/ was made here"

step "the report of the shipped pair"
"$bin/policycmp" report --lang zh --out report > /dev/null
grep -q 'lang="zh-CN"' report/index.html || fail "the report is not Chinese"
for name in tables/targets.csv figures/targets.png comparison.xlsx comparison.docx notebooks/report.ipynb; do
  [ -s "report/$name" ] || fail "no $name"
done
[ -z "$kept" ] || cp -r report "$kept/report"

installed | cmp - "$work/before" || fail "something was written into the installed package"
step "uninstalling it"
pip uninstall --yes policycmp
find "$work/env" "$HOME" -iname '*policycmp*' > "$work/left"
[ "$(cat "$work/left")" = "$HOME/.local/share/policycmp" ] || fail "this is left: $(cat "$work/left")"
step "nothing is left but $(basename "$(cat "$work/left")") in the user's own folder"
