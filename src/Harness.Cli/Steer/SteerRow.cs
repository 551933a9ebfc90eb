using Harness.Grading;
using Harness.Numerics;

namespace Harness.Cli;

/// <summary>One row of the steering table.</summary>
/// <param name="Name">Method, and what it projects off.</param>
/// <param name="IsBaseline">Whether it is there for comparison and carries no verdict.</param>
/// <param name="Grade">How it did.</param>
/// <param name="Validity">How far the curvature on the set to ablate holds along the chosen direction; null: not a Hessian direction, or none.</param>
/// <param name="Seconds">Wall time of the method, without the grading.</param>
/// <param name="Purity">See <see cref="SteerPurity.Of"/>.</param>
/// <param name="LargestCosine">See <see cref="SteerPurity.LargestCosine"/>; null also where the truth is not exact.</param>
internal sealed record SteerRow(
    string Name, bool IsBaseline, SteeringGrade Grade, ValidityRadius? Validity, double Seconds, double? Purity = null, double? LargestCosine = null);
