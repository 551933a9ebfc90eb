using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>Every value of a network at θ on all samples, <c>[N, width]</c>, and the loss's derivative by it; float64.</summary>
internal sealed class TangentValues
{
    private readonly LossLandscape _landscape;
    private readonly IReadOnlyList<Tensor> _parameters;
    private readonly Dictionary<string, Tensor> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor> _adjoints = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Tensor Slope, Tensor? Bend)> _activations = new(StringComparer.Ordinal);

    private TangentValues(LossLandscape landscape, Tensor parameters)
    {
        _landscape = landscape;
        _parameters = landscape.Network.Layout.Split(parameters.detach());
        Shares = landscape.Shares().unsqueeze(1);
    }

    /// <summary>Each sample's share of the mean, <c>[N, 1]</c>.</summary>
    internal Tensor Shares { get; }

    internal Tensor this[string name] => _values[name];

    /// <summary>Runs the network forward and back; null where a shape is not one that <see cref="TangentProduct"/> knows.</summary>
    internal static TangentValues? At(LossLandscape landscape, TangentPlan plan, Tensor parameters)
    {
        var values = new TangentValues(landscape, parameters);
        if (!plan.Steps.All(step => values.Forward(plan, step)))
            return null;
        var (outputs, targets) = (values[landscape.Network.Output], landscape.Data.Targets);
        landscape.Loss.PerSample(outputs, targets);
        values._adjoints[landscape.Network.Output] = OutputTangent.Gradient(landscape.Loss, outputs, targets, values.Shares);
        foreach (var step in plan.Steps.Reverse())
            values.Backward(step);
        return values;
    }

    /// <summary>A step with what it needs, in working precision, owned by it.</summary>
    internal TangentStep Step(TangentPlan.Step step, ScalarType dtype)
    {
        Tensor Keep(Tensor tensor) => tensor.to(dtype).clone().contiguous().DetachFromDisposeScope();
        var operation = step.Operation;
        if (operation is AddOperation)
            return new SumTangent(operation);
        var adjoint = _adjoints.GetValueOrDefault(operation.Output) ?? zeros_like(_values[operation.Output]);
        if (step.Weight >= 0)
            return new LinearTangent(step, Keep(_values[operation.Inputs[0]]), Keep(Weight(step)), Keep(adjoint));
        var (slope, bend) = _activations[operation.Output];
        return new ActivationTangent(operation, Keep(slope), bend is null ? null : Keep(bend * adjoint));
    }

    private Tensor Weight(TangentPlan.Step step) => step.IsTransposed ? _parameters[step.Weight].transpose(0, 1) : _parameters[step.Weight];

    private bool Forward(TangentPlan plan, TangentPlan.Step step)
    {
        Tensor[] inputs = [.. step.Operation.Inputs.Select(name => Value(plan, name))];
        if (inputs.Any(input => input.ndim != 2 || !input.shape.AsSpan().SequenceEqual(inputs[0].shape)))
            return false;
        if (step.Weight < 0)
        {
            _values[step.Operation.Output] = step.Operation is AddOperation ? inputs[0] + inputs[1] : Activate(step.Operation, inputs[0]);
            return true;
        }
        var weight = Weight(step);
        if (weight.ndim != 2 || weight.shape[1] != inputs[0].shape[1] || (step.Bias >= 0 && !_parameters[step.Bias].shape.AsSpan().SequenceEqual([weight.shape[0]])))
            return false;
        _values[step.Operation.Output] = nn.functional.linear(inputs[0], weight, step.Bias < 0 ? null : _parameters[step.Bias]);
        return true;
    }

    private void Backward(TangentPlan.Step step)
    {
        if (!_adjoints.TryGetValue(step.Operation.Output, out var adjoint))
            return;
        foreach (var name in step.Operation.Inputs)
        {
            var share = step.Weight >= 0 ? adjoint.matmul(Weight(step))
                : _activations.TryGetValue(step.Operation.Output, out var activation) ? adjoint * activation.Slope : adjoint;
            _adjoints[name] = _adjoints.TryGetValue(name, out var other) ? other + share : share;
        }
    }

    /// <summary>A value computed before, or one that depends on the data only.</summary>
    private Tensor Value(TangentPlan plan, string name)
    {
        if (!_values.TryGetValue(name, out var value))
        {
            var (network, inputs) = (_landscape.Network, _landscape.Data.Inputs);
            value = name == network.Input ? inputs
                : network.Constants.TryGetValue(name, out var constant) ? constant
                : new Network(network.Layout, plan.DataOperations, name, network.Input, network.Constants).Forward(_parameters, inputs);
            _values[name] = value = value.to(ScalarType.Float64);
        }
        return value;
    }

    /// <summary>σ(z), with σ' and σ'' from automatic differentiation of the operation itself.</summary>
    private Tensor Activate(Operation operation, Tensor input)
    {
        using var mode = enable_grad();
        var z = input.detach().clone().requires_grad_();
        var activated = new Network(_landscape.Network.Layout, [operation], operation.Output, operation.Inputs[0]).Forward(_parameters, z);
        var slope = autograd.grad([activated.sum()], [z], null, retain_graph: true, create_graph: true)[0];
        var bend = slope.requires_grad ? autograd.grad([slope.sum()], [z], null, retain_graph: false, create_graph: false, allow_unused: true)[0] : null;
        _activations[operation.Output] = (slope.detach(), bend is null || bend.IsInvalid || bend.abs().max().ToDouble() == 0 ? null : bend.detach());
        return activated.detach();
    }
}
