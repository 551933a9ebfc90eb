namespace Harness.Methods;

/// <summary>All that a sphere search saw.</summary>
/// <param name="Hops">The first search and those recentred at its end, nothing frozen.</param>
/// <param name="Rounds">The first search again as round 0, and those after it, each with what was found before frozen.</param>
/// <param name="Gradients">Evaluations of value and gradient.</param>
/// <param name="Products">Hessian products.</param>
/// <param name="Ending">Why there are no more rounds, in words.</param>
public sealed record SphereSearchResult(
    IReadOnlyList<SphereRound> Hops, IReadOnlyList<SphereRound> Rounds, long Gradients, long Products, string Ending)
{
    /// <summary>Hands all tensors to the outer dispose scope, each once though rounds share them, and returns itself.</summary>
    public SphereSearchResult MoveToOuterDisposeScope()
    {
        var rounds = Hops.Concat(Rounds).ToList();
        var tensors = rounds.SelectMany(round => round.Paths).SelectMany(path => path.Points.Select(point => point.Displacement).Append(path.Unsearched))
            .Concat(rounds.Select(round => round.Center)).Concat(rounds.Select(round => round.Changes).OfType<TorchSharp.torch.Tensor>());
        foreach (var tensor in tensors.Distinct<TorchSharp.torch.Tensor>(ReferenceEqualityComparer.Instance))
            tensor.MoveToOuterDisposeScope();
        foreach (var round in rounds)
            round.Subspace?.MoveToOuterDisposeScope();
        return this;
    }
}
