using System.Reflection;
using Harness.Decompositions;

namespace Harness.Conformance.Tests;

/// <summary>
/// Every rule rejects the fault that it names; a sound method passes all. Other rules stay silent, but for those that compare
/// answers: one that is not a number equals nothing, one without its last entry cannot be moved along, and one that is disposed
/// cannot be looked at.
/// </summary>
public sealed class DecompositionMethodConformanceTests
{
    public static TheoryData<string, string> Faults => new()
    {
        { nameof(FaultyMethods.Sound), "" },
        { nameof(FaultyMethods.Unnamed), "M1" },
        { nameof(FaultyMethods.Unseeded), "M2" },
        { nameof(FaultyMethods.InPlace), "M3" },
        { nameof(FaultyMethods.InPlaceData), "M3" },
        { nameof(FaultyMethods.Misshapen), "M4 M7" },
        { nameof(FaultyMethods.DirectionsOfOneTensor), "M4" },
        { nameof(FaultyMethods.Disposed), "M2 M3 M4 M5 M7 M8 M9 M10 M11" },
        { nameof(FaultyMethods.ActivityOfAnotherSet), "M4" },
        { nameof(FaultyMethods.NotANumber), "M5 M7 M8 M9 M10 M11" },
        { nameof(FaultyMethods.NegativeActivity), "M5" },
        { nameof(FaultyMethods.Unstoppable), "M6" },
        { nameof(FaultyMethods.FirstHalf), "M7" },
        { nameof(FaultyMethods.FirstSample), "M8" },
        { nameof(FaultyMethods.SumOverSamples), "M9" },
        { nameof(FaultyMethods.GradientStep), "M10" },
        { nameof(FaultyMethods.WeightsByName), "M11" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_rejected_by_its_rule(string fault, string rules)
    {
        var method = typeof(FaultyMethods).GetMethod(fault, BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate<Func<IDecompositionMethod>>();
        var rejected = Rules().Where(candidate => Rejects(candidate, new Kit(method))).Select(candidate => candidate.Name.Split('_')[0]);
        Assert.Equal(rules, string.Join(" ", rejected));
    }

    /// <summary>A rejection says which rule, which method, where, what is wrong and what to do.</summary>
    [Fact]
    public void Rejections_explain_themselves()
    {
        var exception = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => new Kit(FaultyMethods.InPlace).M3_The_subject_is_not_modified());
        Assert.StartsWith("M3, method 'given', subject 'square 4-5-3', seed 7: parameters or data were changed; work on a clone.", exception.Message);
    }

    private static IEnumerable<System.Reflection.MethodInfo> Rules() =>
        typeof(DecompositionMethodConformance).GetMethods().Where(method => method.IsDefined(typeof(FactAttribute)));

    private static bool Rejects(System.Reflection.MethodInfo rule, Kit kit)
    {
        try
        {
            rule.Invoke(kit, null);
            return false;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is Xunit.Sdk.XunitException)
        {
            return true;
        }
    }

    /// <summary>Not public: the runner must not take it for a test class of its own.</summary>
    private sealed class Kit(Func<IDecompositionMethod> method) : DecompositionMethodConformance
    {
        protected override IDecompositionMethod CreateMethod() => method();
    }
}
