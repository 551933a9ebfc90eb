namespace Harness.ToyModels.Tests;

/// <summary>A theory that takes minutes: run when HARNESS_HEAVY=1 asks for it, otherwise skipped with that reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnDemandTheoryAttribute : TheoryAttribute
{
    public OnDemandTheoryAttribute()
    {
        if (Environment.GetEnvironmentVariable("HARNESS_HEAVY") != "1")
            Skip = "Takes minutes; HARNESS_HEAVY=1 runs it.";
    }
}
