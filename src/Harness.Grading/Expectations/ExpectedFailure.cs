using System.IO.Enumeration;

namespace Harness.Grading;

/// <summary>An entry of the ledger: what fails, is known to, and why.</summary>
/// <param name="Reason">Why it fails and is let pass.</param>
/// <param name="Case">A case's key, or a pattern with * and ?; null: every case.</param>
/// <param name="Check">A check's name; null: every check.</param>
public sealed record ExpectedFailure(string Reason, string? Case = null, string? Check = null)
{
    /// <summary>Whether it speaks of this check of this case.</summary>
    public bool Concerns(CaseLine line, CheckValue value)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(value);
        return (Check is null || Check == value.Check) && (Case is null || FileSystemName.MatchesSimpleExpression(Case, $"{line.Key}", ignoreCase: false));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", new[] { Case, Check }.OfType<string>());
}
