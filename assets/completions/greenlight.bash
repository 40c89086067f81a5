# Completion of greenlight for bash: source <(greenlight completions bash)
_greenlight() {
    local words=("${COMP_WORDS[@]:1:COMP_CWORD-1}") IFS=$'\n'
    COMPREPLY=($("$1" complete "--last=$2" -- "${words[@]}" 2>/dev/null | cut -f1))
}
complete -o default -F _greenlight greenlight
