using System.Reflection;
using Harness.Numerics;

namespace Harness.Grading;

/// <summary>How far two runs' numbers may be apart: the tolerance class that a record names, a constant of <see cref="Tolerances"/>.</summary>
internal static class ComparisonTolerance
{
    /// <summary>
    /// The class of numbers that name none: scores and axes, which are functions of an answer, and answers are reproduced as closely as an eigensolver's are.
    /// </summary>
    private const string Usual = nameof(Tolerances.EquivalentAnswers);

    private static readonly Dictionary<string, double> s_classes = typeof(Tolerances).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field is { IsLiteral: true } && field.FieldType == typeof(double))
        .ToDictionary(field => field.Name, field => (double)field.GetRawConstantValue()!, StringComparer.Ordinal);

    /// <summary>
    /// <c>τ·max(1, |a|, |b|)</c>: numbers of a record are scaled so that 1 is their natural size, and below it only the absolute difference says something.
    /// The baseline's class counts, so that a run cannot loosen its own.
    /// </summary>
    /// <exception cref="InvalidDataException">A record names a class that there is not.</exception>
    internal static double Limit(CheckValue baseline, CheckValue current)
    {
        var name = baseline.Tolerance ?? current.Tolerance ?? Usual;
        if (!s_classes.TryGetValue(name, out var tolerance))
            throw new InvalidDataException($"The check '{baseline.Check}' names the tolerance '{name}', which this version does not have; compare with the version that wrote it.");
        return tolerance * Math.Max(1, Math.Max(Size(baseline.Value), Size(current.Value)));
    }

    private static double Size(double? value) => value is { } number && double.IsFinite(number) ? Math.Abs(number) : 0;
}
