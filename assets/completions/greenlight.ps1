# Tab completion of greenlight, for PowerShell 3.0 and later. In a profile:
#   greenlight completions powershell | Out-String | Invoke-Expression

function global:__greenlight_complete($program, $words, $last) {
    $words = @($words | Where-Object { $_ })
    & $program complete "--last=$last" '--' $words 2>$null | ForEach-Object {
        $value, $about = $_ -split "`t"
        if ($ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage') {
            New-Object System.Management.Automation.CompletionResult $value, $value, 'ParameterValue', $about
        } else {
            $value
        }
    }
}

if (Get-Command Register-ArgumentCompleter -ErrorAction SilentlyContinue) {
    Register-ArgumentCompleter -Native -CommandName greenlight -ScriptBlock {
        param($last, $command, $cursor)
        $words = @($command.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { "$_" })
        __greenlight_complete $words[0] ($words | Select-Object -Skip 1) $last
    }
} else {
    # PowerShell 3.0 and 4.0 ask a function of this name. One that is there keeps the other commands.
    if ((Test-Path Function:\TabExpansion) -and "${function:TabExpansion}" -notmatch '__greenlight') {
        ${function:global:__greenlight_others} = ${function:TabExpansion}
    }
    function global:TabExpansion($line, $last) {
        if ($line -match '(?:^|[|;&({=])\s*([^\s|;&({=]*\bgreenlight(?:\.exe)?)\s+(?:([^|;]*)\s)?\S*$') {
            __greenlight_complete $Matches[1] ("$($Matches[2])" -split '\s+') $last |
                ForEach-Object { if ($_.CompletionText) { $_.CompletionText } else { $_ } }
        } elseif (Test-Path Function:\__greenlight_others) {
            __greenlight_others $line $last
        }
    }
}
