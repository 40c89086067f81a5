# Completion of greenlight for fish: greenlight completions fish > ~/.config/fish/completions/greenlight.fish
function __greenlight_complete
    set -l words (commandline -opc)
    set -l program $words[1]
    set -e words[1]
    $program complete --last=(commandline -ct) -- $words 2>/dev/null
end
complete -c greenlight -a '(__greenlight_complete)'
