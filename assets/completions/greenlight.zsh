#compdef greenlight
# Completion of greenlight for zsh: as _greenlight in a folder of $fpath, or source <(greenlight completions zsh)
_greenlight() {
    local -a found
    local line
    for line in ${(f)"$("$words[1]" complete "--last=$words[CURRENT]" -- $words[2,CURRENT-1] 2>/dev/null)"}; do
        found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    done
    if (( $#found )); then _describe greenlight found; else _files; fi
}
if [ "$funcstack[1]" = "_greenlight" ]; then _greenlight "$@"; else compdef _greenlight greenlight; fi
