{% raw -%}
# Only a version of this branch: a commit of somebody's fork has a name here, too.
if [[ "$REVISION" =~ ^[0-9a-f]{7,40}$ ]] \
  && commit="$(git rev-parse --verify --quiet "$REVISION^{commit}")" \
  && git merge-base --is-ancestor "$commit" HEAD; then
  now="$(git rev-parse HEAD)"
  git checkout --quiet --detach "$commit"
  # What members say of themselves stays of today: who has withdrawn since does not come back.
  rm -rf members && { git checkout --quiet "$now" -- members || test ! -e members; }
else
  echo "::error::Aucune version publiée ne porte ce nom. Recopiez celui qui est au pied d'une page du site, par exemple a5b81fb. · No published version has this name: copy the one at the foot of a page."
  exit 1
fi
{%- endraw -%}
