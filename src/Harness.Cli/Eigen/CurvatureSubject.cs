using Harness.Numerics;

namespace Harness.Cli;

/// <summary>The operator that a command line asks for. Releases its graphs when disposed.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Settings">How it computes.</param>
/// <param name="Landscape">The loss on the data set.</param>
/// <param name="Name">As given to <c>--operator</c>.</param>
/// <param name="Tensors">As given to <c>--tensors</c>; null: all.</param>
/// <param name="OffGradient">Whether it is restricted to the complement of the gradient.</param>
/// <param name="Whole">The operator on all parameters.</param>
/// <param name="Layer">Its block, if tensors were named.</param>
/// <param name="Operator">What is asked about: the whole or its block, projected if so asked.</param>
/// <param name="Seconds">Wall time that making it took.</param>
internal sealed record CurvatureSubject(
    string Model, ComputeSettings Settings, LossLandscape Landscape, string Name, string? Tensors, bool OffGradient,
    ISymmetricOperator Whole, LayerOperator? Layer, ISymmetricOperator Operator, double Seconds)
    : IDisposable
{
    /// <summary>Operator, tensors, model and data set, for people.</summary>
    public string Title => $"{Word}{(Tensors is null ? "" : $" ({Tensors})")}{(OffGradient ? " off the gradient" : "")} of {Model}, {Landscape.Data.Name}";

    private string Word => Name switch
    {
        "ggn" => "GGN",
        "fisher" => "Fisher information",
        "empirical-fisher" => "Empirical Fisher information",
        _ => "Hessian",
    };

    public void Dispose() => (Whole as IDisposable)?.Dispose();
}
