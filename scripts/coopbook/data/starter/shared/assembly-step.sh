{% raw -%}
[[ "$ASSEMBLY" =~ ^([a-z0-9]+(-[a-z0-9]+)*)-([0-9]{4}-[0-9]{2}-[0-9]{2})$ ]] \
  || refuse "Une assemblée s'écrit comme assemblee-generale-2026-12-18."
body="${BASH_REMATCH[1]}" held="${BASH_REMATCH[3]}"
arguments=("$ASSEMBLY" .)
handed=()
read -ra names <<< "${FILE//;/ }"
for name in "${names[@]}"; do
  [[ "$name" =~ ^[A-Za-z0-9_-][A-Za-z0-9_.-]*\.(ods|csv|odt|pdf|asc)$ ]] || refuse "Le nom d'un fichier n'a ni espace ni accent, et finit par .ods, .csv, .odt, .pdf ou .asc."
  back="decisions/evidence/$ASSEMBLY/$name"
  [ -f "$back" ] && [ ! -L "$back" ] || refuse "Il n'y a pas de fichier $name dans decisions/evidence/$ASSEMBLY/ : déposez-le d'abord."
  handed+=("$back")
done
[ "$STEP" = classer ] || [ "${#handed[@]}" -le 1 ] || refuse "Une seule feuille à la fois : lancez l'étape une fois par feuille."
if [ -n "$DAY" ]; then
  [[ "$DAY" =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]] || refuse "Un jour s'écrit comme 2026-12-31."
fi
when_and_where() {
  [ -n "$MEETING" ] || return 0
  read -r at <<< "${MEETING%%,*}"
  arguments+=("--at=$at")
  [[ "$MEETING" == *,* ]] || return 0
  where="${MEETING#*,}"
  read -r last <<< "${where##*,}"
  if [[ "$last" == https://* ]]; then
    if [[ "$where" == *,* ]]; then read -r place <<< "${where%,*}"; arguments+=("--place=$place"); fi
    arguments+=("--online=$last")
  else
    read -r place <<< "$where"
    arguments+=("--place=$place")
  fi
}
case "$STEP" in
  créer)
    step=create
    case "${KIND%, seconde convocation}" in
      ordinaire) kind=ordinary ;;
      extraordinaire) kind=extraordinary ;;
      mixte) kind=mixed ;;
      section) kind=section ;;
      *) refuse "Cette sorte d'assemblée n'existe pas." ;;
    esac
    arguments=("$body" "$held" . "--kind=$kind")
    [ "$KIND" = "${KIND%, seconde convocation}" ] || arguments+=(--second)
    when_and_where
    IFS=';' read -ra items <<< "$AGENDA"
    for item in "${items[@]}"; do arguments+=("--item=$item"); done
    id='[a-z0-9-]+(:[0-9]+)?'
    IFS=';' read -ra voted <<< "$RESOLUTIONS"
    for one in "${voted[@]}"; do
      read -r one <<< "$one"
      if [[ "$one" =~ ^$id([[:space:]]+$id)*$ ]]; then
        read -ra proposals <<< "$one"
        for proposal in "${proposals[@]}"; do arguments+=("--proposal=$proposal"); done
      elif [[ "$one" =~ ^usuel(le)?[[:space:]]*:[[:space:]]*(.+)$ ]]; then
        arguments+=("--usual=${BASH_REMATCH[2]}")
      elif [ -n "$one" ]; then
        arguments+=("--resolution=$one")
      fi
    done ;;
  convoquer)
    step=notice
    [ -z "$DAY" ] || arguments+=("--sent-on=$DAY")
    [ -z "$BY" ] || arguments+=("--by=$BY") ;;
  dépouillement)
    step=count
    [ -z "$FILE" ] || arguments+=("--from=$back" "--by=$BY")
    IFS=';' read -ra said <<< "$RESOLUTIONS"
    for one in "${said[@]}"; do
      read -r one <<< "$one"
      if [[ "$one" =~ ^[0-9]+$ ]]; then
        arguments+=("--resolution=$one")
      elif [[ "$one" =~ ^retrait[[:space:]]*:[[:space:]]*(.+)$ ]]; then
        arguments+=("--declined=${BASH_REMATCH[1]}")
      elif [[ "$one" =~ ^tirage[[:space:]]*:[[:space:]]*(.+)$ ]]; then
        arguments+=("--lot=${BASH_REMATCH[1]}")
      elif [ -n "$one" ]; then
        refuse "Écrivez le numéro de la résolution, et si besoin « retrait : » et un identifiant, « tirage : » et la valeur publiée, séparés par des points-virgules."
      fi
    done ;;
  pouvoirs|émargement|résultats|procès-verbal)
    declare -A steps=([pouvoirs]=proxies [émargement]=attendance [résultats]=results [procès-verbal]=minutes)
    step="${steps[$STEP]}"
    [ -z "$FILE" ] || arguments+=("--from=$back") ;;
  classer)
    step=file
    [[ "$REGISTER" == */* ]] || refuse "Écrivez le volume et les folios, comme 2 / 14 à 18."
    read -r volume <<< "${REGISTER%%/*}"
    read -r folios <<< "${REGISTER#*/}"
    arguments+=("--volume=$volume" "--folios=$folios" "--signed-on=$DAY")
    scans=0
    for one in "${handed[@]}"; do
      case "$one" in
        *.asc) arguments+=("--signature=$one") ;;
        *) arguments+=("--scan=$one"); scans=$((scans + 1)) ;;
      esac
    done
    [ "$scans" -le 1 ] || refuse "Un seul procès-verbal signé à la fois ; à côté, des signatures (.asc)." ;;
  modifier)
    step=change
    [ -z "$DAY" ] || arguments+=("--day=$DAY")
    case "$MEETING" in
      annulée) arguments+=(--cancel) ;;
      maintenue) arguments+=(--restore) ;;
      *) when_and_where ;;
    esac ;;
  *) refuse "Cette étape n'existe pas." ;;
esac
coopbook assembly "$step" "${arguments[@]}" --lang fr 2>&1 | tee -a "${GITHUB_STEP_SUMMARY:-/dev/null}"
{%- endraw -%}
