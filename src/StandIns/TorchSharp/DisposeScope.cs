namespace TorchSharp;

/// <summary>
/// Owns the tensors that its thread creates while it is the innermost scope, and disposes them with itself. Results leave it by
/// moving to the outer scope or by being detached.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager _manager;
    private readonly DisposeScope? _outer;
    private HashSet<IDisposable> _disposables = new(ReferenceEqualityComparer.Instance);

    public DisposeScope(DisposeScopeManager disposeScopeManager)
    {
        ArgumentNullException.ThrowIfNull(disposeScopeManager);
        _manager = disposeScopeManager;
        _outer = disposeScopeManager.Current;
    }

    public IReadOnlyList<IDisposable> DisposablesView => _disposables.ToList();

    public int DisposablesCount => _disposables.Count;

    public T Include<T>(T disposable) where T : IDisposable
    {
        _disposables.Add(disposable);
        return disposable;
    }

    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(_outer, disposable);

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second));

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(_outer, disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(_outer, disposables);

    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        if (_disposables.Remove(disposable))
            Hand(disposable, scope);
        return disposable;
    }

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) =>
        MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
            MoveToOther<IDisposable>(scope, disposable);
    }

    public T Detach<T>(T disposable) where T : IDisposable
    {
        if (_disposables.Remove(disposable))
        {
            _manager.Counts.DetachedFromScopeCount++;
            Hand(disposable, null);
        }
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (Detach(first), Detach(second));

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (Detach(first), Detach(second), Detach(third));

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
            Detach<IDisposable>(disposable);
    }

    public void DisposeEverything() => DisposeEverythingBut([]);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var held = _disposables;
        _disposables = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        foreach (var disposable in held)
        {
            if (_disposables.Contains(disposable))
                continue;
            if (disposable is torch.Tensor tensor)
                tensor.OwningDisposeScope = null;
            _manager.Counts.DisposedInScopeCount++;
            // A tensor without an owner would count itself as disposed outside of every scope.
            if (disposable is torch.Tensor owned)
                owned.Free();
            else
                disposable.Dispose();
        }
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut([first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut([first, second, third]);
        return (first, second, third);
    }

    public void Dispose()
    {
        DisposeEverything();
        _manager.Close(this);
    }

    public void MarkAsDisposed(IDisposable disposable)
    {
        if (!_disposables.Remove(disposable))
            return;
        _manager.Counts.DisposedInScopeCount++;
        if (disposable is torch.Tensor tensor)
            tensor.OwningDisposeScope = null;
    }

    public bool Contains(IDisposable disposable) => _disposables.Contains(disposable);

    internal DisposeScope Own(torch.Tensor tensor)
    {
        _disposables.Add(tensor);
        return this;
    }

    private static void Hand(IDisposable disposable, DisposeScope? scope)
    {
        scope?._disposables.Add(disposable);
        if (disposable is torch.Tensor tensor)
            tensor.OwningDisposeScope = scope;
    }
}
