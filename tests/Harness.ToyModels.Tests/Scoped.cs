using TorchSharp;

namespace Harness.ToyModels.Tests;

/// <summary>A test class whose tensors live as long as one test.</summary>
public abstract class Scoped : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        GC.SuppressFinalize(this);
    }
}
