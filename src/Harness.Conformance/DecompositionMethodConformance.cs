using System.Text.RegularExpressions;
using Harness.Decompositions;
using Harness.Grading;
using Harness.Models;
using Harness.Numerics;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Harness.Conformance;

/// <summary>
/// The rules that every decomposition method keeps. Subclass it in a test project, name the method, and <c>dotnet test</c> checks them. All rules are
/// MUST; a method to which one cannot apply overrides that test with what holds instead, so that the exemption stays in view.
/// </summary>
public abstract partial class DecompositionMethodConformance
{
    private const ulong Seed = 7;

    /// <summary>A fresh instance of the method.</summary>
    protected abstract IDecompositionMethod CreateMethod();

    /// <summary>What the method is tried on. Default: <see cref="ConformanceSubjects.Small"/>.</summary>
    protected virtual IReadOnlyList<ConformanceSubject> Subjects => ConformanceSubjects.Small;

    /// <summary>
    /// How far apart answers to equivalent questions may be, in the measure of <see cref="DecompositionDistance"/>. Default:
    /// <see cref="Tolerances.EquivalentAnswers"/>.
    /// </summary>
    protected virtual double Tolerance => Tolerances.EquivalentAnswers;

    /// <summary>
    /// M1: it has a name of lower-case letters, digits and dashes, a version and a summary. Rejects a method that reports cannot list.
    /// </summary>
    [Fact]
    public virtual void M1_It_describes_itself()
    {
        var info = CreateMethod().Describe();
        Check("M1", NamePattern().IsMatch(info.Name ?? ""), null, $"the name is '{info.Name}'; expected lower-case letters, digits and dashes");
        Check("M1", !string.IsNullOrWhiteSpace(info.Version) && !string.IsNullOrWhiteSpace(info.Summary), null, "version and summary must not be empty");
    }

    /// <summary>
    /// M2: equal seeds give bitwise equal answers, from fresh instances and from one. Rejects randomness that is not the context's.
    /// </summary>
    [Fact]
    public virtual void M2_Equal_seeds_give_equal_answers() => CheckRule("M2", EquivarianceRules.Repeat);

    /// <summary>M3: the subject stays as it was, bit for bit. Rejects a method that trains or masks θ* in place.</summary>
    [Fact]
    public virtual void M3_The_subject_is_not_modified() => ForEach((subject, method) =>
    {
        var given = subject.Create();
        var before = Fingerprint.Of(given);
        Run(method, given);
        Check("M3", Fingerprint.Of(given) == before, subject, "parameters or data were changed; work on a clone");
    });

    /// <summary>
    /// M4: directions and components live in the model's parameter space, activities on its samples. Rejects answers of the wrong shape, or gone.
    /// </summary>
    [Fact]
    public virtual void M4_Answers_have_the_shapes_of_the_model() => ForEach((subject, method) =>
    {
        var given = subject.Create();
        var length = given.Model.Network.Layout.Length;
        foreach (var found in Run(method, given).Subnetworks)
        {
            if (found.Directions is { } directions)
                Check(
                    "M4", directions.AmbientDimension == length, subject,
                    $"directions of '{found.Name}' lie in dimension {directions.AmbientDimension}, expected {length}");
            if (found.Component is { } component)
                Check(
                    "M4", component.shape.SequenceEqual([length]) && component.dtype == ScalarType.Float64, subject,
                    $"the component of '{found.Name}' is {component.dtype} [{string.Join(", ", component.shape)}], expected Float64 [{length}]");
            foreach (var (name, values) in found.Activity ?? new Dictionary<string, double[]>())
                Check(
                    "M4", given.DataSets.Any(data => data.Name == name && data.Count == values.Length), subject,
                    $"the activity of '{found.Name}' on '{name}' has {values.Length} values; expected a data set of the subject and one value a sample");
        }
    });

    /// <summary>M5: every number is finite, and activities are at least 0. Rejects 0/0 on dead units or empty clusters.</summary>
    [Fact]
    public virtual void M5_Numbers_are_finite() => ForEach((subject, method) =>
    {
        foreach (var found in Run(method, subject.Create()).Subnetworks)
        {
            Check("M5", found.Directions is null || IsFinite(found.Directions.Basis()), subject, $"directions of '{found.Name}' hold NaN or infinity");
            Check("M5", found.Component is null || IsFinite(found.Component), subject, $"the component of '{found.Name}' holds NaN or infinity");
            Check(
                "M5", (found.Activity?.Values ?? []).All(values => values.All(value => double.IsFinite(value) && value >= 0)), subject,
                $"an activity of '{found.Name}' is negative or not finite");
        }
    });

    /// <summary>
    /// M6: a cancelled context ends the run with <see cref="OperationCanceledException"/>. Rejects a method that cannot be stopped.
    /// </summary>
    [Fact]
    public virtual void M6_Cancellation_is_honoured() => ForEach((subject, method) =>
    {
        var context = MethodContext.Default(Seed) with { Cancellation = new CancellationToken(canceled: true) };
        try
        {
            method.Decompose(subject.Create(), context);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        Check("M6", false, subject, "it went on although cancellation was asked for before it started; call ThrowIfCancellationRequested between steps");
    });

    /// <summary>
    /// M7: with hidden units in another order the answer is the same, moved along. Rejects a method that looks at positions.
    /// Answers are pulled back by the inverse of the map before they are compared.
    /// </summary>
    [Fact]
    public virtual void M7_The_order_of_hidden_units_does_not_matter() => CheckRule("M7", EquivarianceRules.Permute);

    /// <summary>M8: the order of the samples changes nothing. Rejects a method that looks at the first samples only.</summary>
    [Fact]
    public virtual void M8_The_order_of_samples_does_not_matter() => CheckRule("M8", EquivarianceRules.Order);

    /// <summary>M9: every sample twice changes nothing: a data set stands for a distribution. Rejects sums where means are due.</summary>
    [Fact]
    public virtual void M9_Duplicated_samples_do_not_matter() => CheckRule("M9", EquivarianceRules.Duplicates);

    /// <summary>M10: four times the loss changes no direction; on subjects with a squared error. Rejects curvatures that are held against a fixed number.</summary>
    [Fact]
    public virtual void M10_The_scale_of_the_loss_does_not_matter() => CheckRule("M10", EquivarianceRules.LossScale);

    /// <summary>M11: other names of tensors change nothing. Rejects a method that reads them.</summary>
    [Fact]
    public virtual void M11_Names_do_not_matter() => CheckRule("M11", EquivarianceRules.Names);

    private void ForEach(Action<ConformanceSubject, IDecompositionMethod> rule)
    {
        foreach (var subject in Subjects)
        {
            using var scope = NewDisposeScope();
            rule(subject, CreateMethod());
        }
    }

    /// <summary>Every rule needs an answer that is still there.</summary>
    private Decomposition Run(IDecompositionMethod method, Subject subject)
    {
        var decomposition = method.Decompose(subject, MethodContext.Default(Seed));
        foreach (var found in decomposition.Subnetworks)
            Check(
                "M4", IsAlive(found), null,
                $"tensors of '{found.Name}' are disposed already; hand them to the caller with Decomposition.MoveToOuterDisposeScope()");
        return decomposition;
    }

    private static bool IsAlive(Subnetwork subnetwork)
    {
        try
        {
            using var scope = NewDisposeScope();
            return (subnetwork.Directions?.Basis().ndim ?? 2) + (subnetwork.Component?.ndim ?? 1) > 0;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A rule of <see cref="EquivarianceRules"/> on every subject: the same that <c>harness grade --equivariance</c> tries on toy models.</summary>
    private void CheckRule(string number, EquivarianceRule rule) => ForEach((subject, method) =>
    {
        var outcome = new EquivarianceTrial(subject.Questions(), given => Run(method, given), given => Run(CreateMethod(), given)).Try(rule);
        // Bit by bit means 0; whatever differs otherwise may differ by rounding.
        var tolerance = rule.IsBitwise ? 0 : Tolerance;
        Check(
            number, outcome.Skipped is not null || outcome.Distance <= tolerance, subject,
            $"{rule.Problem} (distance {outcome.Distance:g3}, tolerance {tolerance:g1}; {outcome.First} and {outcome.Second} subnetworks)");
    });

    private void Check(string rule, bool holds, ConformanceSubject? subject, string problem) => Assert.True(
        holds, $"{rule}, method '{CreateMethod().Describe().Name}'{(subject is null ? "" : $", subject '{subject.Name}', seed {Seed}")}: {problem}.");

    private static bool IsFinite(Tensor values) => values.isfinite().all().item<bool>();

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex NamePattern();
}
