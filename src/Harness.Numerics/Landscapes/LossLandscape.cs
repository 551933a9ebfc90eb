using System.Runtime.CompilerServices;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Numerics;

/// <summary>
/// The loss of a network on one named data set as a function of the flat parameter vector:
/// <c>L(θ) = Σ_i w_i ℓ_i(θ) / Σ_i w_i + ½·μ‖θ‖²</c> over all samples, with its first and second derivatives.
/// </summary>
/// <remarks>
/// Tensors that go in and come out are float64 on the CPU, whatever precision and device the products use. The weight-decay term is added in float64, so
/// it shifts curvature by exactly μ. Nothing about it changes but the count of <see cref="Gradients"/>. Uses torch's thread-wide grad mode, so share it
/// between threads only with different parameters objects.
/// </remarks>
public sealed class LossLandscape
{
    private readonly StrongBox<long> _gradients;

    /// <summary>Creates a landscape.</summary>
    /// <param name="network">The architecture.</param>
    /// <param name="loss">The per-sample loss and the weight decay μ.</param>
    /// <param name="data">The samples; must outlive the landscape.</param>
    /// <param name="options">Batch size, precision, device; null: the defaults.</param>
    public LossLandscape(Network network, Loss loss, DataSet data, LandscapeOptions? options = null)
        : this(network, loss, data, options, new StrongBox<long>())
    {
    }

    private LossLandscape(Network network, Loss loss, DataSet data, LandscapeOptions? options, StrongBox<long> gradients)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(data);
        Options = options ?? new LandscapeOptions();
        Options.Validate();
        (Network, Loss, Data, _gradients) = (network, loss, data, gradients);
    }

    /// <summary>The architecture.</summary>
    public Network Network { get; }

    /// <summary>The loss.</summary>
    public Loss Loss { get; }

    /// <summary>The samples.</summary>
    public DataSet Data { get; }

    /// <summary>Batch size, precision and device.</summary>
    public LandscapeOptions Options { get; }

    /// <summary>P, the number of parameters.</summary>
    public long Dimension => Network.Layout.Length;

    /// <summary>
    /// Gradient evaluations over the whole data set so far: those of <see cref="Gradient"/>, and one for each operator that was made, whose products
    /// differentiate it. Those in float64 on behalf of a float32 landscape are included.
    /// </summary>
    public long Gradients => Interlocked.Read(ref _gradients.Value);

    /// <summary>L(θ).</summary>
    /// <param name="parameters">θ, <c>[P]</c> float64.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> is not <c>[P]</c> float64.</exception>
    public double Value(Tensor parameters)
    {
        Blocks.CheckVector(parameters, Dimension);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var leaves = Leaves(parameters);
        var value = Loss.WeightDecay / 2 * parameters.dot(parameters).ToDouble();
        foreach (var batch in Batches())
        {
            using var inner = NewDisposeScope();
            value += BatchLoss(leaves, batch).ToDouble();
        }
        return value;
    }

    /// <summary>∇L(θ), <c>[P]</c> float64.</summary>
    /// <param name="parameters">θ, <c>[P]</c> float64.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> is not <c>[P]</c> float64.</exception>
    public Tensor Gradient(Tensor parameters) => ValueAndGradient(parameters).Gradient;

    /// <summary>L(θ) and ∇L(θ) <c>[P]</c> float64 from one forward pass.</summary>
    /// <param name="parameters">θ, <c>[P]</c> float64.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> is not <c>[P]</c> float64.</exception>
    public (double Value, Tensor Gradient) ValueAndGradient(Tensor parameters)
    {
        Blocks.CheckVector(parameters, Dimension);
        using var scope = NewDisposeScope();
        using var mode = enable_grad();
        CountGradient();
        var leaves = Leaves(parameters);
        var value = Loss.WeightDecay / 2 * parameters.dot(parameters).ToDouble();
        var total = parameters.detach() * Loss.WeightDecay;
        foreach (var batch in Batches())
        {
            using var inner = NewDisposeScope();
            var outputs = Network.Forward(leaves, batch.Inputs);
            var (loss, slopes) = OutputLoss.Of(Loss, outputs.detach(), batch);
            value += loss;
            if (outputs.requires_grad)
                total.add_(Flatten(autograd.grad([outputs], leaves, [slopes], false, false, true)));
        }
        return (value, total.MoveToOuterDisposeScope());
    }

    /// <summary>Network outputs <c>[N, outputs]</c> float64 on every sample, in order.</summary>
    /// <param name="parameters">θ, <c>[P]</c> float64.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> is not <c>[P]</c> float64.</exception>
    public Tensor Outputs(Tensor parameters)
    {
        Blocks.CheckVector(parameters, Dimension);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var leaves = Leaves(parameters);
        var outputs = Batches().Select(batch => Network.Forward(leaves, batch.Inputs).to(ScalarType.Float64).cpu()).ToList();
        return cat(outputs, 0).MoveToOuterDisposeScope();
    }

    /// <summary>∇²L(θ) as an operator. It holds a graph per batch: dispose it.</summary>
    /// <param name="parameters">θ, <c>[P]</c> float64; copied.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> is not <c>[P]</c> float64.</exception>
    public HessianOperator Hessian(Tensor parameters) => new(this, parameters);

    /// <summary>The generalised Gauss–Newton matrix at θ as an operator. It holds graphs per batch: dispose it.</summary>
    /// <param name="parameters">θ, <c>[P]</c> float64; copied.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> is not <c>[P]</c> float64.</exception>
    public GaussNewtonOperator GaussNewton(Tensor parameters) => new(this, parameters);

    /// <summary>The Fisher information at θ as an operator. It holds graphs per batch: dispose it.</summary>
    /// <param name="parameters">θ, <c>[P]</c> float64; copied.</param>
    /// <param name="kind">Over the model's own targets (default), or over the data's.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> is not <c>[P]</c> float64.</exception>
    public FisherOperator Fisher(Tensor parameters, FisherKind kind = FisherKind.True) => new(this, parameters, kind);

    /// <summary>∂outputs/∂θ at θ as an operator. It holds a graph per batch: dispose it.</summary>
    /// <param name="parameters">θ, <c>[P]</c> float64; copied.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> is not <c>[P]</c> float64.</exception>
    public OutputJacobian Jacobian(Tensor parameters) => new(this, parameters);

    /// <summary>The curvature of the outputs, read through one cotangent per sample, as an operator. It holds a graph per batch: dispose it.</summary>
    /// <param name="parameters">θ, <c>[P]</c> float64; copied.</param>
    /// <param name="cotangents">c, <c>[N, outputs]</c>.</param>
    /// <exception cref="ArgumentException">The shapes are not as stated.</exception>
    public OutputHessianOperator OutputHessian(Tensor parameters, Tensor cotangents) => new(this, parameters, cotangents);

    /// <summary>The same landscape with float64 products; its gradients count as this one's.</summary>
    internal LossLandscape InFloat64() => new(Network, Loss, Data, Options with { DataType = ScalarType.Float64 }, _gradients);

    /// <summary>One more gradient over the whole data set.</summary>
    internal void CountGradient()
    {
        Interlocked.Increment(ref _gradients.Value);
        WorkMeter.AddGradient();
    }

    /// <summary>
    /// One leaf tensor per slot. Slices of one flat leaf would route every gradient through a scatter into a vector of length P, once per slot.
    /// </summary>
    internal Tensor[] Leaves(Tensor parameters)
    {
        using var scope = NewDisposeScope();
        return [.. Split(parameters.detach()).Select(part => part.clone().requires_grad_().MoveToOuterDisposeScope())];
    }

    /// <summary>A float64 vector <c>[P]</c> split into one tensor per slot, in the working precision and on the device.</summary>
    internal IList<Tensor> Split(Tensor vector) => [.. Network.Layout.Split(vector.to(Options.DataType).to(device(Options.Device)))];

    /// <summary>One tensor per slot, zero where autograd found no path, as one float64 vector <c>[P]</c> on the CPU.</summary>
    internal Tensor Flatten(IList<Tensor> parts)
    {
        using var scope = NewDisposeScope();
        var flat = Network.Layout.Select((slot, i) => parts[i].IsInvalid
            ? zeros(slot.Length, ScalarType.Float64)
            : parts[i].reshape(-1).to(ScalarType.Float64).cpu());
        return cat([.. flat], 0).MoveToOuterDisposeScope();
    }

    /// <summary>Each sample's share of the mean, <c>[N]</c> float64 with sum 1.</summary>
    internal Tensor Shares() => Data.Weights is null ? full(Data.Count, 1.0 / Data.Count, ScalarType.Float64) : Data.Weights / Data.Weights.sum();

    /// <summary>The batches in order, the short last one included.</summary>
    internal IEnumerable<SampleBatch> Batches()
    {
        for (long start = 0; start < Data.Count; start += Options.BatchSize)
            yield return Batch(start, Math.Min(Options.BatchSize, Data.Count - start));
    }

    // No dispose scope may stay open across a yield, so a batch is made here.
    private SampleBatch Batch(long start, long length)
    {
        using var scope = NewDisposeScope();
        var place = device(Options.Device);
        var shares = Shares().narrow(0, start, length);
        return new SampleBatch(
            Data.Inputs.narrow(0, start, length).to(place).MoveToOuterDisposeScope(),
            Data.Targets.narrow(0, start, length).to(place).MoveToOuterDisposeScope(),
            shares.to(place).MoveToOuterDisposeScope());
    }

    /// <summary>A batch's share of the mean loss, a float64 scalar.</summary>
    internal Tensor BatchLoss(IReadOnlyList<Tensor> leaves, SampleBatch batch)
    {
        using var scope = NewDisposeScope();
        var losses = Loss.PerSample(Network.Forward(leaves, batch.Inputs), batch.Targets);
        return losses.dot(batch.Shares).MoveToOuterDisposeScope();
    }
}
