namespace Harness.Grading;

/// <remarks>
/// To add a model, add its id to the lists it belongs to, raise their version, and approve its parameters:
/// <c>./harness list suites --approve fixtures</c>.
/// </remarks>
public sealed partial record Suite
{
    private static readonly string[] s_usual =
        ["oracle", "oracle-reordered", "oracle-rebased", "disguised-oracle", "theta-star", "whole-space", "random-directions"];

    /// <summary>Under a minute for the built-in methods: closed-form and small trained models, plain and in each disguise.</summary>
    public static Suite Quick { get; } = new(
        "quick", "2", "A first answer within a minute or so: closed-form and small trained models, plain and in each disguise.",
        ["modular-addition", "direct-sum", "direct-sum-dense", "superposition-5-2", "superposition-5-2-untied", "superposition-5-5"],
        CaseDisguise.Each, s_usual);

    /// <summary>Every plant that a decomposition can be compared with, at its larger sizes too, also with all disguises composed.</summary>
    public static Suite Full { get; } = new(
        "full", "3", "Every model that plants subnetworks, the larger sizes too, plain, in each disguise and in all of them composed.",
        [
            .. Quick.Models, "modular-addition-p59", "modular-addition-random-phases", "modular-addition-relu", "modular-addition-relu-p59",
            "gated-modular-addition", "gated-modular-addition-p59", "gated-functions", "gated-functions-16", "deep-linear", "deep-linear-32", "direct-sum-8", "direct-sum-8-dense", "superposition-40-10",
            "superposition-5-2-identity", "superposition-40-10-identity", "modular-addition-chunked", "modular-addition-chunked-p37",
            "compressed-computation-1", "compressed-computation-exact", "parallel-modules", "parallel-modules-cnn",
        ],
        [.. CaseDisguise.Each, new CaseDisguise(ToyModels.DisguiseKind.All)], s_usual);

    /// <summary>Subnetworks that few samples use: what attribution- and sparsity-based methods look for.</summary>
    public static Suite Sparse { get; } = new(
        "sparse", "3", "Subnetworks that only some samples use, for attribution- and sparsity-based methods (APD, SPD).",
        [
            "gated-functions", "gated-modular-addition", "gated-modular-addition-p59", "deep-linear", "deep-linear-32", "superposition-5-2", "superposition-5-2-untied", "superposition-5-5",
            "superposition-40-10", "superposition-5-2-identity", "compressed-computation-exact",
        ],
        CaseDisguise.Each, s_usual);

    /// <summary>Subnetworks that every sample uses and that show in the Hessian.</summary>
    public static Suite Hessian { get; } = new(
        "hessian", "2", "Subnetworks that every sample uses, for methods that read curvature (Hessian, sphere search, clustering).",
        [
            "modular-addition", "modular-addition-p59", "modular-addition-relu", "modular-addition-chunked", "modular-addition-chunked-p37", "direct-sum",
            "direct-sum-dense", "direct-sum-8-dense", "parallel-modules", "parallel-modules-cnn",
        ],
        CaseDisguise.Each, s_usual);

    /// <summary>Networks that look like the planted ones and in which nothing is planted: whoever finds structure there finds it everywhere.</summary>
    public static Suite Controls { get; } = new(
        "controls", "2", "Networks in which nothing is planted: random weights, entangled branches, shuffled labels.",
        [
            "control/random-weights/modular-addition", "control/random-weights/gated-functions", "control/random-weights/deep-linear",
            "control/random-weights/superposition-5-2", "control/entangled", "control/label-shuffled",
        ],
        [CaseDisguise.None], ["would-be-truth", "theta-star", "whole-space"]);

    /// <summary>All suites.</summary>
    public static IReadOnlyList<Suite> All { get; } = [Quick, Full, Sparse, Hessian, Controls];
}
