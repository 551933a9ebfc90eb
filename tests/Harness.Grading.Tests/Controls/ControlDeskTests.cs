using Harness.Decompositions;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>On a control a method passes by not claiming structure.</summary>
public class ControlDeskTests
{
    private const string Prefix = "control/random-weights/";

    /// <summary>One control of each kind in each of its forms, some disguised.</summary>
    public static TheoryData<string, string> Controls => new()
    {
        { $"{Prefix}gated-functions", "permute:1" },
        { $"{Prefix}deep-linear", "none" },
        { $"{Prefix}superposition-5-2", "rotate:0" },
        { $"{Prefix}superposition-5-2-untied", "none" },
        { $"{Prefix}superposition-5-5", "none" },
        { "control/entangled", "permute:0" },
        { "control/label-shuffled", "none" },
        { $"{Prefix}parallel-modules", "none" },
    };

    /// <summary>
    /// The false plant is seen through everywhere, and no null is. Kills a verdict that is not turned round, a claim that is not pulled back through the
    /// disguise, and on superposition-5-5, where θ* does 73 % of the task by itself, a share that is not held against the null's.
    /// </summary>
    [Theory]
    [MemberData(nameof(Controls))]
    public void The_false_plant_fails_and_nulls_pass(string id, string disguise)
    {
        using var scope = NewDisposeScope();
        using var seen = new Seen(id, disguise);
        Assert.Equal((Verdict.Fail, 1), Rounded(seen.Claim("would-be-truth")));
        Assert.Equal((Verdict.Pass, 0), Rounded(seen.Claim("theta-star")));
        Assert.Equal((Verdict.Pass, 0), Rounded(seen.Claim("empty")));
        var whole = seen.Claim("whole-space");
        Assert.True(whole.Verdict == (whole.Value is null ? Verdict.Skipped : Verdict.Pass), $"{whole.Value}, {whole.Verdict}, {whole.Reason}");
    }

    /// <summary>
    /// A method that reads positions finds the plant of gated functions, and the same "plant" where there is none. Only the control tells that it never
    /// looked at the network.
    /// </summary>
    [Fact]
    public void A_reader_of_positions_passes_on_the_original_and_fails_on_the_control()
    {
        using var scope = NewDisposeScope();
        const string id = "gated-functions";
        var original = GradingCase.Of(id);
        Subnetwork[] read = [.. original.Model.Truth.Subnetworks.Select(one => new Subnetwork("read off", one.Subspace))];
        var desk = new GradingDesk(original.Profile, original.Model, new FamilyScores(original.Profile, original.Model));
        Assert.Contains(desk.Recovery(Answer(read)), value => value.Verdict == Verdict.Pass);
        using var seen = new Seen(Prefix + id, "none");
        Assert.Equal(Verdict.Fail, seen.Claim(read).Verdict);
    }

    /// <summary>
    /// Superposition: "column i of W" is a truth for any W, so the control's own columns with their features' activity are no false claim. Kills judging
    /// this control by recovery, under which they would be the false plant itself.
    /// </summary>
    [Theory]
    [InlineData("superposition-5-2")]
    [InlineData("superposition-5-2-untied")]
    public void Columns_of_random_weights_are_no_claim(string id)
    {
        using var scope = NewDisposeScope();
        using var seen = new Seen(Prefix + id, "none");
        var columns = ToyModelCatalog.Create(id).Truth.Subnetworks.Select(one => new Subnetwork(
            one.Name, one.Subspace, one.Subspace.Project(seen.Model.Model.Parameters.unsqueeze(0)).squeeze(0),
            one.Activity.ToDictionary(set => set.Key, set => set.Value.Select(active => active ? 1.0 : 0).ToArray())));
        Assert.Equal(Verdict.Pass, seen.Claim([.. columns]).Verdict);
    }

    /// <summary>Components that were trained beside the network do its task where the network does not: recovery by a broken promise to add up to θ*.</summary>
    [Fact]
    public void Parts_that_do_the_task_without_being_parts_of_the_network_fail()
    {
        using var scope = NewDisposeScope();
        using var seen = new Seen($"{Prefix}superposition-5-2", "none");
        var original = ToyModelCatalog.Create("superposition-5-2");
        var learned = new Subnetwork("learned", component: original.Model.Parameters);
        Assert.Equal(Verdict.Fail, seen.Claim([learned]).Verdict);
        Assert.Equal(Verdict.Pass, seen.Claim([learned with { Component = learned.Component! * 0.1 }]).Verdict);
    }

    /// <summary>Without components nothing can be said by function, and nothing is.</summary>
    [Fact]
    public void Directions_alone_are_not_judged_by_function()
    {
        using var scope = NewDisposeScope();
        using var seen = new Seen($"{Prefix}superposition-5-2", "none");
        var claim = seen.Claim([new Subnetwork("axis", new CoordinateSubspace(seen.Model.Model.Network.Layout.Length, [0]))]);
        Assert.Equal((Verdict.Skipped, null, null), (claim.Verdict, claim.Value, claim.Bar));
        Assert.Contains("directions only", claim.Reason, StringComparison.Ordinal);
    }

    /// <summary>n equal parts are n, specks beside one part are none. Kills a count of subnetworks, and one of the alive ones.</summary>
    [Theory]
    [InlineData(1.0, 4.0)]
    [InlineData(2.0, 1.0, 1.0)]
    [InlineData(0.0)]
    [InlineData(0.0, 0.0, 0.0)]
    [InlineData(1.0004, 1.0, 0.0001, 0.0001)]
    public void Effective_parts(double expected, params double[] sizes)
    {
        Assert.Equal(expected, EffectiveParts.Ratio(sizes), 1e-6);
        Assert.Equal(EffectiveParts.Ratio(sizes), EffectiveParts.Ratio([.. sizes.Select(size => 3 * size).Reverse()]), Tolerances.SameEntries);
    }

    /// <summary>In a record: a method is judged, a null has the number only; on a planted model there is no such check.</summary>
    [Fact]
    public void Only_methods_on_controls_are_judged()
    {
        var lines = new List<CaseLine>();
        var theta = GradedMethod.Of(MiniatureCatalog.Get("theta-star"));
        new GradeRun(new GradePlan { Models = [$"{Prefix}superposition-5-2", "superposition-5-2"], Methods = [theta, theta with { Role = MethodRole.Method }] }).Execute(lines.Add);
        Assert.Equal([null, Verdict.Pass], lines.Take(2).Select(line => line.Value(ControlValues.Check)!.Verdict));
        Assert.Equal([0.0, 0.0], lines.Take(2).Select(line => line.Value(ControlValues.Check)!.Value!.Value));
        Assert.All(lines.Skip(2), line => Assert.Null(line.Value(ControlValues.Check)));
        Assert.Equal(0, RunOutcome.ExitCode(lines.Take(2), methodsWereNamed: true));
    }

    private static (Verdict?, double) Rounded(CheckValue value) => (value.Verdict, Math.Round(value.Value!.Value, 9));

    private static Decomposition Answer(IReadOnlyList<Subnetwork> subnetworks) =>
        new(new MethodInfo("given", "1", "Given by a test.", false), subnetworks, new Dictionary<string, string>());

    /// <summary>A control in a disguise.</summary>
    private sealed class Seen : IDisposable
    {
        private readonly TruthProfile _profile;
        private readonly ControlDesk _desk;

        public Seen(string id, string disguise)
        {
            var plain = ToyModelCatalog.Create(id);
            _profile = TruthProfile.Of(plain);
            Model = CaseDisguise.Read(disguise)!.Apply(plain);
            _desk = ControlDesk.For(_profile, Model)!;
        }

        public ToyModel Model { get; }

        public CheckValue Claim(string miniature) =>
            Claim(new MiniatureMethod(MiniatureCatalog.Get(miniature), Model, _profile).Decompose(Model.ToSubject(), MethodContext.Default(0)).Subnetworks);

        public CheckValue Claim(IReadOnlyList<Subnetwork> subnetworks) =>
            _desk.Values(Answer(subnetworks), Gauge.PullBack(Answer(subnetworks), Model.Disguise).Subnetworks)[0];

        public void Dispose()
        {
            _desk.Dispose();
            _profile.Dispose();
        }
    }
}
