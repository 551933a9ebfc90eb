namespace TorchSharp;

/// <summary>The stack of dispose scopes of one thread.</summary>
public class DisposeScopeManager
{
    [ThreadStatic] private static DisposeScopeManager? t_instance;

    private readonly List<DisposeScope> _scopes = [];

    internal static DisposeScopeManager Instance => t_instance ??= new DisposeScopeManager();

    public static ThreadDisposeScopeStatistics Statistics => Instance.Counts;

    internal ThreadDisposeScopeStatistics Counts { get; } = new();

    internal DisposeScope? Current => _scopes.Count == 0 ? null : _scopes[^1];

    internal DisposeScope Open()
    {
        var scope = new DisposeScope(this);
        _scopes.Add(scope);
        return scope;
    }

    internal void Close(DisposeScope scope) => _scopes.Remove(scope);

    internal DisposeScope? Register(torch.Tensor tensor)
    {
        if (Current is not { } scope)
        {
            Counts.CreatedOutsideScopeCount++;
            return null;
        }
        Counts.CreatedInScopeCount++;
        return scope.Own(tensor);
    }
}
