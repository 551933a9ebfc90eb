namespace Harness.Grading.Tests;

/// <summary>The product's axes behind the interface of the mutants.</summary>
internal sealed class ProductionAxes : NaiveAxes
{
    public override double Read(string check, AxisCase seen) =>
        new AxisDesk(seen.Profile, seen.Model).Values(seen.Answer, seen.Columns).Single(value => value.Check == check).Value!.Value;
}
