using System.Collections.Concurrent;

namespace Harness.ToyModels.Tests;

/// <summary>Undisguised models of seed 0, built once for all tests. Their tensors live as long as the process; nobody may change them.</summary>
internal static class Planted
{
    private static readonly ConcurrentDictionary<string, Lazy<ToyModel>> s_models = new(StringComparer.Ordinal);

    internal static ToyModel Of(string id) => s_models.GetOrAdd(id, key => new(() => Unscoped(() => ToyModelCatalog.Create(key)))).Value;

    /// <summary>On a thread of its own no dispose scope is open, so the tensors belong to none.</summary>
    private static ToyModel Unscoped(Func<ToyModel> create)
    {
        ToyModel? result = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = create();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        return result ?? throw new InvalidOperationException($"The model could not be built: {failure?.Message}", failure);
    }
}
