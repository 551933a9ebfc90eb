using System.Globalization;

namespace Harness.Grading;

/// <summary>
/// Which part of a run a record is. A model in a disguise is one unit, with all methods and seeds on it; it belongs to the shard that a hash of its name says:
/// always the same one, whatever else is in the run.
/// </summary>
/// <param name="Index">1 … <paramref name="Count"/>.</param>
/// <param name="Count">How many parts there are.</param>
/// <param name="Units">All units of the whole run, in its order, <c>model@model seed/disguise</c>; some may have no cases.</param>
public sealed record RunShard(int Index, int Count, IReadOnlyList<string> Units)
{
    /// <summary>Hexadecimal digits of the hash that are used.</summary>
    private const int Digits = 8;

    /// <summary>A unit's name.</summary>
    public static string UnitOf(string model, ulong modelSeed, string disguise) => $"{model}@{modelSeed.ToString(CultureInfo.InvariantCulture)}/{disguise}";

    /// <summary>The unit that a case belongs to.</summary>
    public static string UnitOf(CaseKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return UnitOf(key.Model, key.ModelSeed, key.Disguise);
    }

    /// <summary>Whether a unit belongs to this shard.</summary>
    public bool Owns(string unit) => long.Parse(Hashes.OfText(unit)[..Digits], NumberStyles.HexNumber, CultureInfo.InvariantCulture) % Count == Index - 1;

    /// <inheritdoc/>
    public bool Equals(RunShard? other) => other is not null && (Index, Count) == (other.Index, other.Count) && Units.SequenceEqual(other.Units);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Index, Count, Units.Count);
}
