using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.ToyModels;

/// <summary>How a trained model is made, and when it is good enough.</summary>
/// <param name="Id">The model's id.</param>
/// <param name="Attempts">
/// How many times training may start over, each with randomness of its own, before it is reported as failed.
/// </param>
/// <param name="Attempt">Parameters <c>[P]</c> of one attempt, from (seed, attempt number); it says to the watch how it ended.</param>
/// <param name="Build">The model at given parameters.</param>
/// <param name="Bar">The quality bar: what must hold.</param>
internal sealed record TrainingRecipe(
    string Id,
    int Attempts,
    Func<ulong, int, TrainingWatch, Tensor> Attempt,
    Func<ulong, Tensor, ToyModel> Build,
    IReadOnlyList<CertificateCheck> Bar)
{
    /// <summary>
    /// Trains until the bar is met or the attempts are used up. The last attempt is returned,
    /// good or not, and says which; its tensors belong to the caller's dispose scope.
    /// </summary>
    internal TrainingResult Train(ulong seed, IProgress<double>? progress, CancellationToken cancellation)
    {
        var rejected = new List<IReadOnlyList<CertificateResult>>();
        for (var attempt = 1; ; attempt++)
        {
            var watch = new TrainingWatch(progress, candidate => IsGood(seed, candidate), cancellation);
            var parameters = Attempt(seed, attempt, watch);
            var quality = Measure(seed, parameters);
            if (attempt == Attempts || quality.All(result => result.Holds))
                return new TrainingResult(Build(seed, parameters), quality, attempt, watch.Ending) { Rejected = rejected };
            rejected.Add(quality);
            parameters.Dispose();
        }
    }

    /// <summary>The approved weights for seed 0; any other seed is trained here and now.</summary>
    /// <exception cref="FixtureException">The approved weights are missing or not those that were approved.</exception>
    /// <exception cref="InvalidOperationException">Training from this seed missed the quality bar in every attempt.</exception>
    internal ToyModel Create(ulong seed, ParameterLayout layout)
    {
        if (seed == 0)
            return Build(seed, FixtureStore.Default.Load(Id, layout));
        var result = Train(seed, null, CancellationToken.None);
        return result.MeetsBar
            ? result.Model
            : throw new InvalidOperationException(
                $"Training '{Id}' from seed {seed} missed its quality bar in {result.Attempts} attempts ({result.Shortfall}); use another seed.");
    }

    private bool IsGood(ulong seed, double[] parameters)
    {
        using var scope = NewDisposeScope();
        return Measure(seed, tensor(parameters)).All(result => result.Holds);
    }

    private IReadOnlyList<CertificateResult> Measure(ulong seed, Tensor parameters)
    {
        using var scope = NewDisposeScope();
        var model = Build(seed, parameters);
        return [.. Bar.Select(check => new CertificateResult(check, check.Measure(model)))];
    }
}
