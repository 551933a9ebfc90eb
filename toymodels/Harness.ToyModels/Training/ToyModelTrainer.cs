namespace Harness.ToyModels;

/// <summary>Trains the models that are not written down in closed form.</summary>
public static class ToyModelTrainer
{
    private static readonly Dictionary<string, TrainingRecipe> s_recipes = Superposition.Recipes()
        .Concat(CompressedComputation.Recipes())
        .Concat(ModularAdditionChunked.Recipes())
        .Concat(ModularAdditionMlp.Recipes())
        .Concat(DigitPattern.Recipes())
        .Concat(ParallelModules.Recipes())
        .Append(Entangled.Recipe(EntangledTraining.FullSteps))
        .Append(LabelShuffled.Recipe(LabelShuffled.Spec))
        .ToDictionary(recipe => recipe.Id, StringComparer.Ordinal);

    /// <summary>Ids of the models that are trained.</summary>
    public static IReadOnlyCollection<string> Ids => s_recipes.Keys;

    /// <summary>
    /// Trains a model from a seed, starting over (with other randomness from the same seed) while its quality bar is missed. The
    /// result says whether the
    /// bar was met; tensors belong to the caller's dispose scope. Equal seeds give equal bits on one machine and one thread
    /// count.
    /// </summary>
    /// <param name="id">One of <see cref="Ids"/>.</param>
    /// <param name="seed">All randomness comes from it.</param>
    /// <param name="progress">Receives fractions of the current attempt; null: nobody watches.</param>
    /// <param name="cancellation">Honoured between steps.</param>
    /// <exception cref="ArgumentException">The model is not a trained one; the message lists those that are.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static TrainingResult Train(string id, ulong seed, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return s_recipes.TryGetValue(id, out var recipe)
            ? recipe.Train(seed, progress, cancellation)
            : throw new ArgumentException($"'{id}' is not a trained model; the trained ones are {string.Join(", ", Ids)}.", nameof(id));
    }
}
