using Harness.Models;

namespace Harness.Decompositions;

/// <summary>All that a method may see: a model and its data sets. There is no truth here, nor a way to it.</summary>
/// <param name="Model">Network, parameters θ* and loss.</param>
/// <param name="DataSets">At least one; names are unique.</param>
public sealed record Subject(Model Model, IReadOnlyList<DataSet> DataSets)
{
    /// <summary>The data set with this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public DataSet Data(string name) => DataSets.FirstOrDefault(set => set.Name == name)
        ?? throw new KeyNotFoundException($"No data set is named '{name}'; there are {string.Join(", ", DataSets.Select(set => set.Name))}.");
}
