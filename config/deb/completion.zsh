#compdef @name@
# The script for bash, by way of zsh's bashcompinit.
autoload -U +X bashcompinit && bashcompinit
source /usr/share/bash-completion/completions/@name@
_bash_complete -o default -F _complete_@name@
