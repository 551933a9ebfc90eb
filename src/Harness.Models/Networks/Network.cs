using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Models;

/// <summary>
/// An architecture: an ordered list of operations over named tensors. A pure function of parameters and inputs — it has no mode, no buffers and no
/// hidden state. Immutable; thread-safe as long as its constants are.
/// </summary>
public sealed class Network
{
    private readonly IReadOnlyDictionary<string, Tensor> _constants;

    /// <summary>Creates and checks a network.</summary>
    /// <param name="layout">The parameters, in flattening order.</param>
    /// <param name="operations">At least one; each reads only what is defined before it.</param>
    /// <param name="output">Name of the value that is the output, <c>[B, outputs]</c>.</param>
    /// <param name="input">Name of the input.</param>
    /// <param name="constants">Fixed float64 tensors, never decomposed.</param>
    /// <exception cref="NetworkException">A name is unknown, defined twice, or an operation reads the wrong number of values.</exception>
    public Network(
        ParameterLayout layout, IEnumerable<Operation> operations, string output, string input = "x", IReadOnlyDictionary<string, Tensor>? constants = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(operations);
        _constants = constants ?? new Dictionary<string, Tensor>();
        (Layout, Operations, Output, Input) = (layout, Array.AsReadOnly(operations.ToArray()), output, input);
        CheckNames();
    }

    /// <summary>The parameters, in flattening order.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>Name of the input.</summary>
    public string Input { get; }

    /// <summary>Name of the output.</summary>
    public string Output { get; }

    /// <summary>Fixed tensors by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Constants => _constants;

    /// <summary>Outputs <c>[B, outputs]</c> at a flat parameter vector.</summary>
    /// <param name="parameters"><c>[P]</c>.</param>
    /// <param name="inputs"><c>[B, ...]</c>.</param>
    /// <exception cref="NetworkException">The inputs do not fit an operation.</exception>
    public Tensor Forward(Tensor parameters, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        return Forward(Layout.Split(parameters), inputs).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Outputs <c>[B, outputs]</c> at given tensors, one per slot of the layout. Floating-point inputs and constants take the parameters' dtype and
    /// device. Differentiable in parameters and (floating-point) inputs.
    /// </summary>
    /// <exception cref="NetworkException">The inputs or parameters do not fit an operation.</exception>
    public Tensor Forward(IReadOnlyList<Tensor> parameters, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        // An output that is an argument itself (an empty chain) must survive the scope; an alias costs nothing.
        return Values(parameters, inputs)[Output].alias().MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Where the network is on its kinks' sides: one tensor per piecewise operation, in order — for <c>relu</c> whether each pre-activation is positive,
    /// for <c>max_pool2d</c> which entry of each window is the largest. Empty for a smooth network. Between points with equal gates, and on the straight
    /// line between them if they stay equal there, outputs are smooth functions of the parameters.
    /// </summary>
    /// <param name="parameters">One tensor per slot of the layout.</param>
    /// <param name="inputs"><c>[B, ...]</c>.</param>
    /// <exception cref="NetworkException">The inputs or parameters do not fit an operation.</exception>
    public IReadOnlyList<Tensor> Gates(IReadOnlyList<Tensor> parameters, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var values = Values(parameters, inputs);
        var gates = Operations.Select(operation => operation.Gates([.. operation.Reads.Select(name => values[name])]));
        return [.. gates.OfType<Tensor>().Select(gate => gate.MoveToOuterDisposeScope())];
    }

    /// <summary>Every named value, in the caller's dispose scope.</summary>
    private Dictionary<string, Tensor> Values(IReadOnlyList<Tensor> parameters, Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(inputs);
        if (parameters.Count != Layout.Count)
            throw new NetworkException($"The network has {Layout.Count} parameters, got {parameters.Count}.");
        var like = parameters[0];
        var values = new Dictionary<string, Tensor>(StringComparer.Ordinal) { [Input] = Adapt(inputs, like) };
        for (var i = 0; i < parameters.Count; i++)
            values[Layout[i].Name] = parameters[i];
        foreach (var (name, constant) in _constants)
            values[name] = Adapt(constant, like);
        for (var i = 0; i < Operations.Count; i++)
            values[Operations[i].Output] = Evaluate(i, values, like);
        return values;
    }

    private Tensor Evaluate(int index, Dictionary<string, Tensor> values, Tensor like)
    {
        var operation = Operations[index];
        try
        {
            return Adapt(operation.Evaluate([.. operation.Reads.Select(name => values[name])]), like);
        }
        catch (NetworkException exception)
        {
            throw new NetworkException($"Operation {index} ({operation.GetType().Name}, output '{operation.Output}'): {exception.Message}.", exception);
        }
    }

    private static Tensor Adapt(Tensor value, Tensor like)
    {
        if (value.device.ToString() != like.device.ToString())
            value = value.to(like.device);
        return value.is_floating_point() && value.dtype != like.dtype ? value.to(like.dtype) : value;
    }

    private void CheckNames()
    {
        var defined = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in (IEnumerable<string>)[Input, .. Layout.Select(slot => slot.Name), .. _constants.Keys])
            if (!defined.Add(name))
                throw new NetworkException($"'{name}' is defined twice among input, parameters and constants.");
        if (Operations.Count == 0)
            throw new NetworkException("A network needs at least one operation.");
        for (var i = 0; i < Operations.Count; i++)
        {
            var operation = Operations[i];
            var place = $"Operation {i} ({operation.GetType().Name})";
            if (operation.Inputs.Count == 0 || (operation.Arity is { } arity && operation.Inputs.Count != arity))
                throw new NetworkException($"{place} reads {operation.Inputs.Count} values, expected {operation.Arity?.ToString() ?? "at least 1"}.");
            foreach (var name in operation.Reads)
                if (!defined.Contains(name))
                    throw new NetworkException($"{place} reads '{name}', which nothing before it defines.");
            if (!defined.Add(operation.Output))
                throw new NetworkException($"{place} defines '{operation.Output}' a second time.");
        }
        if (Operations.All(operation => operation.Output != Output))
            throw new NetworkException($"The output '{Output}' is not defined by any operation.");
    }
}
