# What the engine's own parser finds in texts: for each line of standard input, a text as JSON, one line of JSON with
# `[kind, name]` pairs, or `null` where the engine does not take the text. Nothing is run.
using namespace System.Management.Automation.Language
$ErrorActionPreference = 'Stop'
# The commands that run a block they are given, and their parameters that take a value instead, as the lint knows them.
$each = 'foreach-object', '%', 'foreach'
$blocks = 'where-object', 'where', '?', 'measure-object', 'measure', 'measure-command', 'sort-object', 'sort', 'select-object',
    'select', 'group-object', 'group'
$values = 'eq', 'ne', 'gt', 'ge', 'lt', 'le', 'like', 'notlike', 'match', 'notmatch', 'contains', 'notcontains', 'in', 'notin',
    'is', 'isnot', 'ceq', 'cne', 'clike', 'cmatch', 'cin', 'value', 'first', 'last', 'skip', 'index', 'inputobject',
    'expandproperty', 'excludeproperty', 'culture', 'erroraction'
$compared = 'eq', 'ne', 'gt', 'ge', 'lt', 'le', 'like', 'notlike', 'match'
$scopes = 'global', 'local', 'script', 'private', 'using', 'variable'

function Get-Unscoped([string]$path) {
    $at = $path.IndexOf(':')
    if ($at -ge 0 -and $path.Substring(0, $at) -in $scopes) { $path.Substring($at + 1) } else { $path }
}
function Add-Part([string]$kind, [string]$name) { $found.Add(@($kind, $name)) }

# What is assigned to.
function Add-Target($left) {
    if ($left -is [VariableExpressionAst]) {
        $path = $left.VariablePath.UserPath
        $name = Get-Unscoped $path
        if ($name -eq $path -and $path.Contains(':')) { Add-Part member '' } else { Add-Part variable $name }
    } elseif ($left -is [AttributedExpressionAst]) {
        Add-Target $left.Child
    } elseif ($left -is [ArrayLiteralAst]) {
        foreach ($one in $left.Elements) { Add-Target $one }
    } elseif ($left -is [ParenExpressionAst] -and $left.Pipeline.PipelineElements.Count -eq 1 -and
        $left.Pipeline.PipelineElements[0] -is [CommandExpressionAst]) {
        Add-Target $left.Pipeline.PipelineElements[0].Expression
    } else {
        Add-Part member ''
    }
}

# A property in a filter for another computer, which the engine reads as a command.
function Test-Property($command) {
    $block = $command.Parent.Parent.Parent.Parent
    if ($command.CommandElements.Count -lt 2 -or $block -isnot [ScriptBlockExpressionAst]) { return $false }
    $second = $command.CommandElements[1]
    if ($second -isnot [CommandParameterAst] -or $second.ParameterName -notin $compared) { return $false }
    $outer = $block.Parent
    if ($outer -isnot [CommandAst] -or $outer.CommandElements[0].Extent.Text -in $blocks -or $outer.Parent.PipelineElements.IndexOf($outer) -ne 0) { return $false }
    $before = $outer.CommandElements[$outer.CommandElements.IndexOf($block) - 1]
    $before -is [CommandParameterAst] -and $before.ParameterName -eq 'filter'
}

function Add-Command($command) {
    $first = $command.CommandElements[0]
    $bare = ($first -is [StringConstantExpressionAst] -or $first -is [ExpandableStringExpressionAst]) -and
        $first.StringConstantType -eq 'BareWord'
    if (-not $bare) {
        if ($first -isnot [ScriptBlockExpressionAst]) { Add-Part computed '' }
        return
    }
    $text = $first.Extent.Text
    if (Test-Property $command) { return }
    Add-Part command $text
    $name = $text.ToLowerInvariant()
    if ($name -match '^\w[\w.-]*\\([^\\]*)$') { $name = $Matches[1] }
    $ofEach = $name -in $each
    if (-not $ofEach -and $name -notin $blocks) { return }
    $parameter = ''
    foreach ($element in $command.CommandElements | Select-Object -Skip 1) {
        if ($element -is [CommandParameterAst]) {
            $parameter = $element.ParameterName
            if ($null -eq $element.Argument) { continue }
            $element = $element.Argument
        }
        $values_ = if ($element -is [ArrayLiteralAst]) { $element.Elements } else { @($element) }
        if ($parameter -notin $values) {
            foreach ($value in $values_) {
                if ($value -is [ScriptBlockExpressionAst] -or $value -is [HashtableAst]) { continue }
                if ($value -is [StringConstantExpressionAst] -or $value -is [ExpandableStringExpressionAst]) {
                    if (-not $ofEach) { continue }
                    if ($value.StringConstantType -ne 'BareWord') { Add-Part computed ''; continue }
                    Add-Part method $value.Extent.Text
                    return
                }
                if ($value -isnot [ConstantExpressionAst]) { Add-Part computed ''; continue }
                if ($ofEach) { Add-Part method $value.Extent.Text; return }
            }
        }
        $parameter = ''
    }
}

# The variables that become a part of the text that `expression` gives: not what commands in it are given.
function Add-Quoted($expression) {
    if ($null -eq $expression -or $expression -is [CommandAst]) { return }
    if ($expression -is [VariableExpressionAst]) {
        $name = Get-Unscoped $expression.VariablePath.UserPath
        if ($name -notin '$', '^', '?') { Add-Part quoted $name }
    } elseif ($expression -is [ParenExpressionAst]) {
        foreach ($one in $expression.Pipeline.PipelineElements) { if ($one -is [CommandExpressionAst]) { Add-Quoted $one.Expression } }
    } elseif ($expression -is [ArrayLiteralAst]) {
        foreach ($one in $expression.Elements) { Add-Quoted $one }
    } elseif ($expression -is [BinaryExpressionAst]) {
        Add-Quoted $expression.Left
        Add-Quoted $expression.Right
    } elseif ($expression -is [SubExpressionAst]) {
        foreach ($statement in $expression.SubExpression.Statements) {
            if ($statement -is [PipelineAst] -and $statement.PipelineElements.Count -eq 1 -and
                $statement.PipelineElements[0] -is [CommandExpressionAst]) {
                Add-Quoted $statement.PipelineElements[0].Expression
            }
        }
    }
}

function Test-Text($expression) {
    if ($expression -is [BinaryExpressionAst]) { (Test-Text $expression.Left) -or (Test-Text $expression.Right) }
    elseif ($expression -is [ParenExpressionAst]) { Test-Text $expression.Pipeline.PipelineElements[0].Expression }
    elseif ($expression -is [StringConstantExpressionAst]) { $expression.StringConstantType -ne 'BareWord' }
    else { $expression -is [ExpandableStringExpressionAst] }
}

function Add-Node($node) {
    switch ($node.GetType().Name) {
        'CommandAst' { Add-Command $node }
        'ExitStatementAst' { Add-Part command 'exit' }
        'InvokeMemberExpressionAst' {
            $kind = if ($node.Static) { 'static' } else { 'method' }
            $named = $node.Member -is [StringConstantExpressionAst] -and $node.Member.StringConstantType -eq 'BareWord'
            if ($named) { Add-Part $kind $node.Member.Value } else { Add-Part method '(computed)' }
        }
        'AssignmentStatementAst' { Add-Target $node.Left }
        'ParameterAst' { if ($node.DefaultValue) { Add-Target $node.Name } }
        'UnaryExpressionAst' { if ($node.TokenKind -match 'PlusPlus|MinusMinus') { Add-Target $node.Child } }
        'FileRedirectionAst' {
            $null_ = $node.Location -is [VariableExpressionAst] -and $node.Location.VariablePath.UserPath -eq 'null'
            if (-not $null_) { Add-Part redirection '' }
        }
        'VariableExpressionAst' {
            if ($node.VariablePath.DriveName -in 'function', 'alias') { Add-Part computed '' }
        }
        'MemberExpressionAst' {
            if ($node.Member -is [StringConstantExpressionAst] -and $node.Member.Value -eq 'scriptblock') { Add-Part computed '' }
        }
        'ExpandableStringExpressionAst' { foreach ($one in $node.NestedExpressions) { Add-Quoted $one } }
        'BinaryExpressionAst' {
            $joins = $node.Operator -eq 'Format' -or ($node.Operator -eq 'Plus' -and (Test-Text $node))
            # The outermost of a chain says it for all of it.
            $inner = $node.Parent -is [BinaryExpressionAst] -and $node.Parent.Operator -eq $node.Operator
            if ($joins -and -not $inner) { Add-Quoted $node }
        }
    }
}

$options = [Text.Json.JsonSerializerOptions]::new()
$all = [Func[Ast, bool]] { $true }
while ($null -ne ($line = [Console]::In.ReadLine())) {
    $text = [Text.Json.JsonSerializer]::Deserialize($line, [string])
    $mistakes = $null
    $tree = [Parser]::ParseInput($text, [ref]$null, [ref]$mistakes)
    if ($mistakes.Count) { [Console]::Out.WriteLine('null'); continue }
    $found = [Collections.Generic.List[string[]]]::new()
    foreach ($node in $tree.FindAll($all, $true)) { Add-Node $node }
    [Console]::Out.WriteLine([Text.Json.JsonSerializer]::Serialize($found, $found.GetType(), $options))
}
