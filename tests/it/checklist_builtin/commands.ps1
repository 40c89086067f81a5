# What the engine's own parser makes of each text in a folder: a line of JSON for each, in the order of their names.
# Nothing in them is run.
param($Folder)

# What PowerShell 3.0 does not know: the parser of the tests' engine knows it all.
function Get-Newer($Ast, $Tokens) {
    $name = { param($node) $node.GetType().Name }
    $newer = 'TypeDefinitionAst', 'UsingStatementAst', 'TernaryExpressionAst', 'PipelineChainAst', 'ConfigurationDefinitionAst',
        'DynamicKeywordStatementAst', 'BaseCtorInvokeMemberExpressionAst', 'FunctionMemberAst', 'PropertyMemberAst'
    foreach ($node in $Ast.FindAll({ $true }, $true)) {
        if ($newer -contains (& $name $node)) { "$(& $name $node): $node" }
        if ($node -is [Management.Automation.Language.PipelineAst] -and $node.Background) { "a background job: $node" }
        if ($node -is [Management.Automation.Language.BinaryExpressionAst] -and "$($node.Operator)" -eq 'QuestionQuestion') { "??: $node" }
        if ($node -is [Management.Automation.Language.MemberExpressionAst]) {
            if ($node.NullConditional) { "null-conditional: $node" }
            if ($node.Static -and "$($node.Member)" -eq 'new') { "a constructor by ::new: $node" }
            # Methods of any object since 4.0.
            $called = $node -is [Management.Automation.Language.InvokeMemberExpressionAst]
            if ($called -and -not $node.Static -and 'ForEach', 'Where' -contains "$($node.Member)") { "a method of 4.0: $node" }
        }
    }
    $before = $null
    foreach ($token in $Tokens) {
        if ('QuestionQuestion', 'QuestionQuestionEquals', 'QuestionDot', 'QuestionLBracket', 'AndAnd', 'OrOr', 'QuestionMark' -contains "$($token.Kind)") { "$($token.Kind): $token" }
        # A line that begins with a pipe goes on with the one before since 7.0.
        if ("$($token.Kind)" -eq 'Pipe' -and $before -and 'NewLine', 'Comment' -contains "$($before.Kind)") { 'a line that begins with a pipe' }
        if ($token -is [Management.Automation.Language.StringExpandableToken] -and $token.Text -cmatch '(?<!`)(``)*`(e|u\{)') { "an escape of 6.0: $token" }
        if ($token -is [Management.Automation.Language.NumberToken] -and $token.Text -match '^0b|[0-9a-f](u|s|y|n)') { "a number of 6.0: $token" }
        $before = $token
    }
}

# The options that are given a block for another session: Invoke-Command -Session $CSSession.
function Get-Session($Node) {
    for ($parent = $Node.Parent; $parent; $parent = $parent.Parent) {
        if ($parent -is [Management.Automation.Language.CommandAst] -and $parent.GetCommandName() -eq 'Invoke-Command') {
            $elements = @($parent.CommandElements)
            for ($at = 1; $at -lt $elements.Count - 1; $at++) {
                if ($elements[$at] -is [Management.Automation.Language.CommandParameterAst] -and $elements[$at].ParameterName -eq 'Session') { return "$($elements[$at + 1])" }
                if ($elements[$at] -is [Management.Automation.Language.CommandParameterAst] -and $elements[$at].ParameterName -eq 'ComputerName') { return 'a computer' }
            }
        }
    }
    $null
}

# Whether it stands in a block that is a filter, which is read by its command and never run.
function Test-Filter($Node) {
    for ($inner = $Node; $inner.Parent; $inner = $inner.Parent) {
        if ($inner -is [Management.Automation.Language.ScriptBlockExpressionAst] -and $inner.Parent -is [Management.Automation.Language.CommandAst]) {
            $elements = @($inner.Parent.CommandElements)
            $before = $elements[[Math]::Max(0, $elements.IndexOf($inner) - 1)]
            if ($before -is [Management.Automation.Language.CommandParameterAst] -and $before.ParameterName -eq 'Filter') { return $true }
        }
    }
    $false
}

foreach ($file in [IO.Directory]::GetFiles($Folder) | Sort-Object) {
    $tokens = $null
    $errors = $null
    $ast = [Management.Automation.Language.Parser]::ParseInput([IO.File]::ReadAllText($file), [ref]$tokens, [ref]$errors)
    $functions = @($ast.FindAll({ $args[0] -is [Management.Automation.Language.FunctionDefinitionAst] }, $true) | ForEach-Object { $_.Name })
    $commands = foreach ($command in $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
        $name = $command.GetCommandName()
        # A block or a variable that is called has no name; a function of the text itself is none of the system's.
        if ($null -eq $name -or $functions -contains $name -or (Test-Filter $command)) { continue }
        @{
            name = $name
            parameters = @($command.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] } | ForEach-Object { $_.ParameterName })
            session = Get-Session $command
            text = "$command"
        }
    }
    ConvertTo-Json -Compress -Depth 5 @{
        errors = @($errors | ForEach-Object { "$($_.Message)" })
        newer = @(Get-Newer $ast $tokens)
        commands = @($commands | Where-Object { $_ })
    }
}
